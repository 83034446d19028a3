// SPDX-License-Identifier: Apache-2.0

public import Base

/// A member, and whether its socket is there.
public struct Presence: Hashable, Sendable {
    public let id: ParticipantID
    public var connected: Bool

    public init(id: ParticipantID, connected: Bool) {
        self.id = id
        self.connected = connected
    }
}
