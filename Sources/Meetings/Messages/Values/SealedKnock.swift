// SPDX-License-Identifier: Apache-2.0

public import Base

/// Somebody who waits to be let in, with what they say to those inside. Only holders of the link can read it.
public struct SealedKnock: Hashable, Sendable {
    public let participant: ParticipantID
    public let knock: [UInt8]
    /// The alias of the link that they have; it may be an older one.
    public let meeting: MeetingID

    public init(participant: ParticipantID, knock: [UInt8], meeting: MeetingID) {
        self.participant = participant
        self.knock = knock
        self.meeting = meeting
    }
}
