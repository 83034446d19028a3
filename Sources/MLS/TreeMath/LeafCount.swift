// SPDX-License-Identifier: Apache-2.0

/// The width of a full tree: a power of two (RFC 9420 §4.1, Appendix C).
///
/// ```
///               7                 8 leaves, 15 nodes, root 7
///         3           11
///      1     5     9     13
///     0 2   4 6   8 10 12  14     leaves at even places
/// ```
public struct LeafCount: Hashable, Sendable {
    /// More members than any meeting has; larger trees are refused, so that every index fits 32 bits with room to spare.
    public static let maximum: UInt32 = 1 << 16

    public let value: UInt32

    public static let one = LeafCount(exponent: 0)

    private init(exponent: UInt32) {
        value = 1 << exponent
    }

    /// The narrowest full tree with at least `leaves` leaves; `nil` above ``maximum``.
    public init?(atLeast leaves: UInt32) {
        guard leaves <= LeafCount.maximum else { return nil }
        var exponent: UInt32 = 0
        while 1 << exponent < leaves { exponent += 1 }
        self.init(exponent: exponent)
    }

    public var nodeCount: UInt32 { value * 2 - 1 }
    public var root: NodeIndex { NodeIndex(value - 1) }
    /// `log2` of the width: the length of every direct path.
    public var depth: Int { value.trailingZeroBitCount }

    public func contains(_ leaf: LeafIndex) -> Bool { leaf.value < value }
    public func contains(_ node: NodeIndex) -> Bool { node.value < nodeCount }

    /// `nil` at ``maximum``.
    public var doubled: LeafCount? { LeafCount(atLeast: value * 2) }
    /// Half the width; one stays one.
    public var halved: LeafCount { LeafCount(atLeast: value / 2) ?? .one }
}
