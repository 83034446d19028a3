// SPDX-License-Identifier: Apache-2.0

/// How a key identifier is made of context, sender and epoch in an MLS group (RFC 9605 §5.2).
///
/// The sender's field is as wide as the tree's leaves need, not as the members do: after removals a leaf index can
/// exceed the number of members, and two senders would share an identifier. The tree grows and shrinks, so each epoch
/// has a layout of its own; the epoch's bits come last and tell which.
public struct KeyIDLayout: Hashable, Sendable {
    /// `E`: low bits of the epoch that travel.
    public let epochBits: Int
    /// `S`: bits of a leaf index.
    public let senderBits: Int
    public let leafWidth: UInt32

    /// - Parameter leafWidth: leaves of the ratchet tree, blank ones too: the smallest power of two above every index.
    public init(epochBits: Int, leafWidth: UInt32) throws(SFrameRefusal) {
        guard (1...16).contains(epochBits), leafWidth > 0 else { throw .invalidKeyID }
        self.epochBits = epochBits
        self.leafWidth = leafWidth
        senderBits = 32 - (leafWidth - 1).leadingZeroBitCount
    }

    /// What a key identifier is made of.
    public struct Parts: Hashable, Sendable {
        public let context: UInt64
        public let sender: UInt32
        /// The epoch's low bits.
        public let epoch: UInt64
    }

    /// - Parameter context: which of the sender's streams; 0 travels in the fewest bytes.
    public func keyID(epoch: UInt64, sender: UInt32, context: UInt64) throws(SFrameRefusal) -> UInt64 {
        let below = UInt64(senderBits + epochBits)
        guard sender < leafWidth, context <= UInt64.max >> below else { throw .invalidKeyID }
        return context << below | UInt64(sender) << UInt64(epochBits) | lowBits(of: epoch)
    }

    public func parts(of keyID: UInt64) -> Parts {
        let sender = keyID >> UInt64(epochBits) & (1 << UInt64(senderBits) - 1)
        return Parts(
            context: keyID >> UInt64(senderBits + epochBits),
            sender: UInt32(truncatingIfNeeded: sender),
            epoch: lowBits(of: keyID)
        )
    }

    public func lowBits(of epoch: UInt64) -> UInt64 { epoch & (1 << UInt64(epochBits) - 1) }
}
