// SPDX-License-Identifier: Apache-2.0

/// One published track of a meeting: whose, and what it carries.
public struct TrackID: Hashable, Sendable {
    public let participant: ParticipantID
    public let source: TrackSource

    public init(participant: ParticipantID, source: TrackSource) {
        self.participant = participant
        self.source = source
    }
}
