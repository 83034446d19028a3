// SPDX-License-Identifier: Apache-2.0

public import Base

/// Which member: the position of a leaf among the leaves (RFC 9420 §4.1.1). A removed member's index is used again.
public struct LeafIndex: Hashable, Comparable, SortKey {
    public let value: UInt32

    public init(_ value: UInt32) {
        self.value = value
    }

    /// Where the leaf lies among all nodes. Only for indices below ``LeafCount/maximum``.
    public var node: NodeIndex { NodeIndex(value &* 2) }

    public static func < (lhs: LeafIndex, rhs: LeafIndex) -> Bool { lhs.value < rhs.value }

    public func precedes(_ other: LeafIndex) -> Bool { self < other }
}
