// SPDX-License-Identifier: Apache-2.0

public import Base

/// The leaves of a tree from some index on, with the roots of the perfect subtrees before them.
///
/// From it follows the root at every size from that index on (RFC 6962 §2.1): one list of entries shows at once that each of them
/// is in the tree of a checkpoint, and that nothing else stands between them.
public struct TreeTail<Crypto: CryptoProvider>: Sendable {
    /// Leaves so far, those before the tail included.
    public private(set) var size: UInt64
    /// Roots of the perfect subtrees that `size` leaves are made of, from left to right, largest first.
    private var subtrees: [TreeHash]

    /// - Parameter subtrees: as many as `start` has bits set; `nil` for another number, or too large a tree.
    public init?(start: UInt64, subtrees: [TreeHash]) {
        guard start <= TreeHead.largestSize, subtrees.count == start.nonzeroBitCount else { return nil }
        size = start
        self.subtrees = subtrees
    }

    /// Adds a leaf. At ``TreeHead/largestSize`` nothing is added.
    public mutating func append(_ leaf: TreeHash) {
        guard size < TreeHead.largestSize else { return }
        var hash = leaf
        var height = size
        // Every trailing one is a subtree of the size that `hash` has by then.
        while height & 1 == 1, let left = subtrees.popLast() {
            hash = MerkleTree<Crypto>.nodeHash(left, hash)
            height >>= 1
        }
        subtrees.append(hash)
        size += 1
    }

    /// Size and root now.
    public var head: TreeHead {
        var root: TreeHash?
        for subtree in subtrees.reversed() {
            root = root.map { MerkleTree<Crypto>.nodeHash(subtree, $0) } ?? subtree
        }
        return TreeHead(size: size, root: root ?? MerkleTree<Crypto>.emptyRoot)
    }

    /// What ``init(start:subtrees:)`` wants to know of a tree.
    public static func subtrees(
        before start: UInt64,
        from source: borrowing some NodeSource
    ) throws(MerkleRefusal) -> [TreeHash] {
        var hashes: [TreeHash] = []
        for node in LeafRange(start: 0, end: start).nodes {
            guard let hash = source.hash(of: node) else { throw .missing(node) }
            hashes.append(hash)
        }
        return hashes
    }
}
