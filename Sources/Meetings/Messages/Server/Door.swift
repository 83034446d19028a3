// SPDX-License-Identifier: Apache-2.0

public import Base

/// What somebody with a link finds at a room that runs.
public struct Door: Hashable, Sendable {
    public var participant: ParticipantID
    /// Sealed under the link used.
    public var card: [UInt8]
    /// Whether that link is the current one. Older ones only knock.
    public var current: Bool
    public var epoch: UInt64
    /// Of the current link, by which its key is named in the group.
    public var generation: UInt32
    public var lobby: Bool
    public var locked: Bool
    /// Whether a host or co-host is connected.
    public var hostPresent: Bool
    /// Whether what is said is meant to be shown to others afterwards, as its signatures allow.
    public var accountable: Bool
    /// The node's signature key, an external sender of the group.
    public var key: [UInt8]

    public init(
        participant: ParticipantID,
        card: [UInt8],
        current: Bool,
        epoch: UInt64,
        generation: UInt32,
        lobby: Bool,
        locked: Bool,
        hostPresent: Bool,
        accountable: Bool,
        key: [UInt8]
    ) {
        self.participant = participant
        self.card = card
        self.current = current
        self.epoch = epoch
        self.generation = generation
        self.lobby = lobby
        self.locked = locked
        self.hostPresent = hostPresent
        self.accountable = accountable
        self.key = key
    }
}
