// SPDX-License-Identifier: Apache-2.0

/// What happened, in numbers that say nothing about anyone.
public struct RouterCounters: Hashable, Sendable {
    /// Packets stored.
    public var received: UInt64 = 0
    /// Duplicates, packets too old to matter, strangers' packets.
    public var dropped: UInt64 = 0
    public var repaired: UInt64 = 0
    public var nacksSent: UInt64 = 0
    public var keyframesRequested: UInt64 = 0
    public var resent: UInt64 = 0
    /// Publishing or subscribing beyond ``RouterLimits``, or with an SSRC in use.
    public var refused: UInt64 = 0

    public init() {}
}
