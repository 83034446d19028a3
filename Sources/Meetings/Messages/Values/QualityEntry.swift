// SPDX-License-Identifier: Apache-2.0

public import Base

/// How well a participant's media comes through.
public struct QualityEntry: Hashable, Sendable {
    public let participant: ParticipantID
    public let quality: ConnectionQuality

    public init(participant: ParticipantID, quality: ConnectionQuality) {
        self.participant = participant
        self.quality = quality
    }
}
