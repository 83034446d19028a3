// SPDX-License-Identifier: Apache-2.0

/// `D[start:end]` as RFC 6962 §2.1 splits trees: what one hash of a proof covers.
public struct LeafRange: Hashable, Sendable {
    public let start: UInt64
    public let end: UInt64

    init(start: UInt64, end: UInt64) {
        self.start = start
        self.end = end
    }

    /// The perfect subtrees that make it up, from left to right. Splitting always happens at a power of two, so that the
    /// start is aligned to whatever the length needs.
    public var nodes: [TreeNode] {
        var nodes: [TreeNode] = []
        var position = start
        while position < end {
            let level = 63 - (end - position).leadingZeroBitCount
            nodes.append(TreeNode(level: level, index: position >> UInt64(level)))
            position += 1 << UInt64(level)
        }
        return nodes
    }

    /// `k`, "the largest power of two smaller than n" (RFC 6962 §2.1), for more than one leaf.
    static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}
