// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a meeting's media tells about its people.
public enum RouterEvent: Hashable, Sendable {
    /// Who speaks, loudest first; said only when it changed, at most four times a second.
    case speakers([Speaker])
    /// How well a publisher's packets get here; said when it changed.
    case quality(ParticipantID, UplinkQuality)
}

/// Someone who speaks.
public struct Speaker: Hashable, Sendable {
    public let participant: ParticipantID
    /// -dBov: 0 is loudest, 127 is silence (RFC 6464).
    public let level: Int

    public init(participant: ParticipantID, level: Int) {
        self.participant = participant
        self.level = level
    }
}

/// Judged by loss, jitter and round-trip time.
public enum UplinkQuality: Int, Hashable, Sendable, Comparable {
    case poor
    case fair
    case good

    public static func < (lhs: UplinkQuality, rhs: UplinkQuality) -> Bool { lhs.rawValue < rhs.rawValue }
}
