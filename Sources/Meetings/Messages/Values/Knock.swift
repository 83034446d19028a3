// SPDX-License-Identifier: Apache-2.0

public import Base

/// Somebody who waits in the lobby. If admitted, they keep the id.
public struct Knock: Hashable, Sendable {
    public let participant: ParticipantID
    public let name: DisplayName

    public init(participant: ParticipantID, name: DisplayName) {
        self.participant = participant
        self.name = name
    }
}
