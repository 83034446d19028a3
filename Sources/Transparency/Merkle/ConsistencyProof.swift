// SPDX-License-Identifier: Apache-2.0

public import Base

/// That a tree continues an older one (RFC 6962 §2.1.2).
public struct ConsistencyProof: Hashable, Sendable {
    public let hashes: [TreeHash]

    public init(hashes: [TreeHash]) {
        self.hashes = hashes
    }

    /// Makes the proof.
    public init<Crypto: CryptoProvider>(
        from old: UInt64,
        to new: UInt64,
        from source: borrowing some NodeSource,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) {
        hashes = try ProofPlan(consistencyFrom: old, to: new).hashes(from: source, with: crypto)
    }

    /// Checks it, as in RFC 9162 §2.1.4.2. Heads of the same size agree if they are the same and the proof is empty; from an
    /// empty tree nothing is proved.
    public func verify<Crypto: CryptoProvider>(
        from old: TreeHead,
        to new: TreeHead,
        with crypto: Crypto.Type
    ) throws(MerkleRefusal) {
        guard new.size <= TreeHead.largestSize else { throw .treeTooLarge }
        guard old.size <= new.size else { throw .sizesOutOfOrder }
        if old.size == new.size {
            guard hashes.isEmpty else { throw .wrongProofLength }
            guard old.root == new.root else { throw .rootMismatch }
            return
        }
        guard old.size > 0 else { throw .nothingToProve }

        // The path of the old tree's last leaf, from the largest subtree that ends with it and is whole in both trees.
        var node = old.size - 1
        let skipped = (~node).trailingZeroBitCount
        let inner = 64 - (node ^ (new.size - 1)).leadingZeroBitCount - skipped
        node >>= UInt64(skipped)
        let border = (node >> UInt64(inner)).nonzeroBitCount
        // An old tree that is one such subtree is left out of the proof: the verifier has its root.
        let isWhole = old.size.nonzeroBitCount == 1
        guard hashes.count == inner + border + (isWhole ? 0 : 1) else { throw .wrongProofLength }

        var rest = hashes[...]
        var oldHash = old.root
        if !isWhole, let first = rest.popFirst() { oldHash = first }
        var newHash = oldHash
        for (height, sibling) in rest.enumerated() {
            if height < inner, node >> UInt64(height) & 1 == 0 {
                // On the right: in the new tree only.
                newHash = MerkleTree<Crypto>.nodeHash(newHash, sibling)
            } else {
                oldHash = MerkleTree<Crypto>.nodeHash(sibling, oldHash)
                newHash = MerkleTree<Crypto>.nodeHash(sibling, newHash)
            }
        }
        guard oldHash == old.root else { throw .oldRootMismatch }
        guard newHash == new.root else { throw .rootMismatch }
    }
}
