// SPDX-License-Identifier: Apache-2.0

public import Base

/// That a leaf is in a tree (RFC 6962 §2.1.1).
public struct InclusionProof: Hashable, Sendable {
    /// Zero-based.
    public let index: UInt64
    /// From the leaf's sibling to the root's child.
    public let hashes: [TreeHash]

    public init(index: UInt64, hashes: [TreeHash]) {
        self.index = index
        self.hashes = hashes
    }

    /// Makes the proof.
    public init<Crypto: CryptoProvider>(
        of index: UInt64,
        in size: UInt64,
        from source: borrowing some NodeSource,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) {
        self.index = index
        hashes = try ProofPlan(inclusionOf: index, in: size).hashes(from: source, with: crypto)
    }

    /// Checks it, as in RFC 9162 §2.1.3.2 (the text of RFC 6962 has no algorithm for the verifier).
    public func verify<Crypto: CryptoProvider>(
        leaf: TreeHash,
        in head: TreeHead,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) {
        guard head.size <= TreeHead.largestSize else { throw .treeTooLarge }
        guard index < head.size else { throw .indexOutsideTree }
        // Up to where the paths of this leaf and of the last one meet, siblings lie on either side; above, on the left only.
        let inner = 64 - (index ^ (head.size - 1)).leadingZeroBitCount
        let border = (index >> UInt64(inner)).nonzeroBitCount
        guard hashes.count == inner + border else { throw .wrongProofLength }
        var hash = leaf
        for (height, sibling) in hashes.enumerated() {
            if height < inner, index >> UInt64(height) & 1 == 0 {
                hash = MerkleTree<Crypto>.nodeHash(hash, sibling)
            } else {
                hash = MerkleTree<Crypto>.nodeHash(sibling, hash)
            }
        }
        guard hash == head.root else { throw .rootMismatch }
    }
}
