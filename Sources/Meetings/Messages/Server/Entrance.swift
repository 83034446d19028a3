// SPDX-License-Identifier: Apache-2.0

public import Base

/// Everything that a participant needs of the node on getting in; `welcome` on the wire.
public struct Entrance: Equatable, Sendable {
    public var own: ParticipantID
    /// With it the participant gets its place back after the socket was cut.
    public var resume: ResumeToken
    /// The place was kept and is taken up again. What was missed follows.
    public var resumed: Bool
    public var epoch: UInt64
    /// Of the last broadcast before this; when resuming, of the last that follows.
    public var sequence: UInt64
    /// Everybody in the group, oneself included.
    public var participants: [Presence]
    /// Milliseconds since the meeting was founded here.
    public var startedAgo: Int64
    public var iceServers: [ICEServer]
    /// Who waits.
    public var knocks: [SealedKnock]
    /// An MLSMessage with the part of the Welcome that is for this participant, if a member let it in.
    public var welcome: [UInt8]?
    /// The ratchet tree that goes with it.
    public var tree: [UInt8]?
    /// The current link, sealed by that member for this participant, if it had an older one.
    public var invitation: [UInt8]?
    /// Whose media doesn't come through well.
    public var qualities: [QualityEntry]

    public init(
        own: ParticipantID,
        resume: ResumeToken,
        resumed: Bool = false,
        epoch: UInt64,
        sequence: UInt64,
        participants: [Presence],
        startedAgo: Int64 = 0,
        iceServers: [ICEServer] = [],
        knocks: [SealedKnock] = [],
        welcome: [UInt8]? = nil,
        tree: [UInt8]? = nil,
        invitation: [UInt8]? = nil,
        qualities: [QualityEntry] = []
    ) {
        self.own = own
        self.resume = resume
        self.resumed = resumed
        self.epoch = epoch
        self.sequence = sequence
        self.participants = participants
        self.startedAgo = startedAgo
        self.iceServers = iceServers
        self.knocks = knocks
        self.welcome = welcome
        self.tree = tree
        self.invitation = invitation
        self.qualities = qualities
    }
}
