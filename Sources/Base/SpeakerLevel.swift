// SPDX-License-Identifier: Apache-2.0

/// How loud one participant is.
public struct SpeakerLevel: Hashable, Sendable {
    public let participant: ParticipantID
    /// 0…127 in −dBov: 0 is the loudest, 127 is silence (RFC 6464 §3).
    public let level: UInt8

    public init(participant: ParticipantID, level: UInt8) {
        self.participant = participant
        self.level = min(level, 127)
    }
}
