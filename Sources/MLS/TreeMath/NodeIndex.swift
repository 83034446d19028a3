// SPDX-License-Identifier: Apache-2.0

public import Base

/// A node of a full tree in left-to-right order; leaves are the even ones (RFC 9420 Appendix C).
public struct NodeIndex: Hashable, Comparable, SortKey {
    public let value: UInt32

    public init(_ value: UInt32) {
        self.value = value
    }

    public static func < (lhs: NodeIndex, rhs: NodeIndex) -> Bool { lhs.value < rhs.value }

    public func precedes(_ other: NodeIndex) -> Bool { self < other }

    public var isLeaf: Bool { value & 1 == 0 }
    /// Height above the leaves: the number of trailing ones.
    public var level: UInt32 { UInt32((~value).trailingZeroBitCount) }

    /// The leaf at this place, if it is one.
    public var leaf: LeafIndex? { isLeaf ? LeafIndex(value / 2) : nil }

    public var left: NodeIndex? { isLeaf ? nil : NodeIndex(value ^ (1 << (level - 1))) }
    public var right: NodeIndex? { isLeaf ? nil : NodeIndex(value ^ (3 << (level - 1))) }

    /// `nil` for the root.
    public func parent(in width: LeafCount) -> NodeIndex? {
        guard self != width.root, width.contains(self) else { return nil }
        let bit = (value >> (level + 1)) & 1
        return NodeIndex((value | (1 << level)) ^ (bit << (level + 1)))
    }

    /// The parent's other child; `nil` for the root.
    public func sibling(in width: LeafCount) -> NodeIndex? {
        guard let parent = parent(in: width) else { return nil }
        return self < parent ? parent.right : parent.left
    }

    /// The leaves below this node, itself if it is a leaf.
    public var leaves: Range<UInt32> {
        let first = (value >> (level + 1)) << level
        return first..<(first + (1 << level))
    }

    public func isAncestor(of leaf: LeafIndex) -> Bool { leaves.contains(leaf.value) }

    /// Parent first, root last (RFC 9420 §4.1.2); empty for the root.
    public func directPath(in width: LeafCount) -> [NodeIndex] {
        var path: [NodeIndex] = []
        var node = self
        while let parent = node.parent(in: width) {
            path.append(parent)
            node = parent
        }
        return path
    }

    /// The lowest node above both leaves; the leaf itself if they are the same.
    public static func commonAncestor(_ first: LeafIndex, _ second: LeafIndex) -> NodeIndex {
        let differing = UInt32(32 - (first.value ^ second.value).leadingZeroBitCount)
        let base = (first.value >> differing) << (differing + 1)
        return NodeIndex(base + (1 << differing) - 1)
    }
}
