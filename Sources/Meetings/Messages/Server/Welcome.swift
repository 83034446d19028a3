// SPDX-License-Identifier: Apache-2.0

public import Base

/// Everything that a participant needs to know on getting in.
public struct Welcome: Equatable, Sendable {
    public var own: ParticipantID
    /// With it the participant gets its place back after the socket was cut.
    public var resume: ResumeToken
    /// The place was kept and is taken up again.
    public var resumed: Bool
    public var role: Role
    /// Everybody in the meeting, oneself included.
    public var participants: [ParticipantView]
    public var settings: MeetingSettings
    /// Milliseconds since the meeting started.
    public var startedAgo: Int64
    /// Who waits; empty for guests.
    public var knocks: [Knock]
    /// The last public messages, oldest first.
    public var chat: [ChatEntry]
    public var iceServers: [ICEServer]

    public init(
        own: ParticipantID,
        resume: ResumeToken,
        resumed: Bool = false,
        role: Role,
        participants: [ParticipantView],
        settings: MeetingSettings = MeetingSettings(),
        startedAgo: Int64 = 0,
        knocks: [Knock] = [],
        chat: [ChatEntry] = [],
        iceServers: [ICEServer] = []
    ) {
        self.own = own
        self.resume = resume
        self.resumed = resumed
        self.role = role
        self.participants = participants
        self.settings = settings
        self.startedAgo = startedAgo
        self.knocks = knocks
        self.chat = chat
        self.iceServers = iceServers
    }
}
