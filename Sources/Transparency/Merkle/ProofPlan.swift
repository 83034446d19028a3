// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a proof is made of, before any hash is at hand: whoever fetches tiles asks here which ones.
public struct ProofPlan: Hashable, Sendable {
    /// One for each hash of the proof, in the proof's order.
    public let ranges: [LeafRange]

    /// `PATH(m, D[n])` (RFC 6962 §2.1.1): from the leaf's sibling up.
    public init(inclusionOf index: UInt64, in size: UInt64) throws(MerkleRefusal) {
        guard size <= TreeHead.largestSize else { throw .treeTooLarge }
        guard index < size else { throw .indexOutsideTree }
        var ranges: [LeafRange] = []
        var (low, high) = (UInt64(0), size)
        while high - low > 1 {
            let middle = low + LeafRange.split(high - low)
            if index < middle {
                ranges.append(LeafRange(start: middle, end: high))
                high = middle
            } else {
                ranges.append(LeafRange(start: low, end: middle))
                low = middle
            }
        }
        ranges.reverse()
        self.ranges = ranges
    }

    /// `PROOF(m, D[n])` (RFC 6962 §2.1.2), which is defined for `0 < m < n`; between equal sizes it is empty.
    public init(consistencyFrom old: UInt64, to new: UInt64) throws(MerkleRefusal) {
        guard new <= TreeHead.largestSize else { throw .treeTooLarge }
        guard old > 0 else { throw .nothingToProve }
        guard old <= new else { throw .sizesOutOfOrder }
        var ranges: [LeafRange] = []
        var (low, high) = (UInt64(0), new)
        while old < high {
            let middle = low + LeafRange.split(high - low)
            if old <= middle {
                ranges.append(LeafRange(start: middle, end: high))
                high = middle
            } else {
                ranges.append(LeafRange(start: low, end: middle))
                low = middle
            }
        }
        // `SUBPROOF(m, D[m], true)` is empty: the verifier has that root.
        if low > 0 { ranges.append(LeafRange(start: low, end: high)) }
        ranges.reverse()
        self.ranges = ranges
    }

    /// The subtrees to look up.
    public var nodes: [TreeNode] { ranges.flatMap { $0.nodes } }

    /// The proof's hashes.
    public func hashes<Crypto: CryptoProvider>(
        from source: borrowing some NodeSource,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) -> [TreeHash] {
        var hashes: [TreeHash] = []
        for range in ranges { hashes.append(try range.hash(from: source, with: crypto)) }
        return hashes
    }
}

extension LeafRange {
    /// `MTH(D[start:end])` out of its perfect subtrees.
    func hash<Crypto: CryptoProvider>(
        from source: borrowing some NodeSource,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) -> TreeHash {
        var result: TreeHash?
        for node in nodes.reversed() {
            guard let hash = source.hash(of: node) else { throw .missing(node) }
            if let right = result {
                result = MerkleTree<Crypto>.nodeHash(hash, right)
            } else {
                result = hash
            }
        }
        return result ?? MerkleTree<Crypto>.emptyRoot
    }
}

extension TreeHead {
    /// The head of the first `size` leaves.
    public init<Crypto: CryptoProvider>(
        size: UInt64,
        from source: borrowing some NodeSource,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) {
        guard size <= TreeHead.largestSize else { throw .treeTooLarge }
        self.init(size: size, root: try LeafRange(start: 0, end: size).hash(from: source, with: crypto))
    }
}
