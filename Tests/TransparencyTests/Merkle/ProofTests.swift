// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Merkle proofs")
struct ProofTests {
    private static let tree = LeafTree(count: 300)

    @Test("the root of every size up to 300 is that of RFC 6962's definition, and of the growing edge")
    func roots() throws {
        let leaves = Self.tree.rows[0]
        var edge = TreeEdge<NativeCrypto>()
        #expect(edge.head == TreeHead(size: 0, root: Tree.emptyRoot))
        for size in 1...300 {
            _ = edge.append(leaves[size - 1])
            let head = try Self.tree.head(size)
            #expect(edge.head == head)
            if size % 13 == 0 || size < 20 { #expect(head.root == LeafTree.plainRoot(leaves[..<size])) }
        }
    }

    @Test("every leaf of every tree up to 300 leaves has a proof that holds")
    func inclusion() throws {
        for size in 1...300 {
            let head = try Self.tree.head(size)
            for index in 0..<UInt64(size) {
                let proof = try InclusionProof(of: index, in: head.size, from: Self.tree, with: NativeCrypto.self)
                try proof.verify(leaf: Self.tree.rows[0][Int(index)], in: head, with: NativeCrypto.self)
            }
        }
    }

    @Test("every pair of trees up to 300 leaves has a proof that holds")
    func consistency() throws {
        let heads = try (0...300).map { try Self.tree.head($0) }
        for old in 1...300 {
            for new in old...300 {
                let proof = try ConsistencyProof(
                    from: UInt64(old),
                    to: UInt64(new),
                    from: Self.tree,
                    with: NativeCrypto.self
                )
                try proof.verify(from: heads[old], to: heads[new], with: NativeCrypto.self)
            }
        }
    }

    @Test("a changed, cut, padded or moved inclusion proof is refused")
    func changedInclusion() throws {
        var randomness = SeededRandomness(seed: 6_962)
        for _ in 0..<300 {
            let size = Int.random(in: 2...300, using: &randomness)
            let index = UInt64.random(in: 0..<UInt64(size), using: &randomness)
            let head = try Self.tree.head(size)
            let leaf = Self.tree.rows[0][Int(index)]
            let proof = try InclusionProof(of: index, in: head.size, from: Self.tree, with: NativeCrypto.self)
            for hashes in Self.damages(proof.hashes, &randomness) {
                #expect(throws: MerkleRefusal.self) {
                    try InclusionProof(index: index, hashes: hashes).verify(
                        leaf: leaf,
                        in: head,
                        with: NativeCrypto.self
                    )
                }
            }
            let elsewhere = (index + 1) % UInt64(size)
            #expect(throws: MerkleRefusal.self) {
                try InclusionProof(index: elsewhere, hashes: proof.hashes)
                    .verify(leaf: leaf, in: head, with: NativeCrypto.self)
            }
            #expect(throws: MerkleRefusal.indexOutsideTree) {
                try InclusionProof(index: head.size, hashes: proof.hashes)
                    .verify(leaf: leaf, in: head, with: NativeCrypto.self)
            }
        }
    }

    @Test("a changed, cut or padded consistency proof is refused, and so is another root on either side")
    func changedConsistency() throws {
        var randomness = SeededRandomness(seed: 9_162)
        for _ in 0..<300 {
            let new = Int.random(in: 2...300, using: &randomness)
            let old = Int.random(in: 1..<new, using: &randomness)
            let (before, after) = (try Self.tree.head(old), try Self.tree.head(new))
            let proof = try ConsistencyProof(
                from: UInt64(old),
                to: UInt64(new),
                from: Self.tree,
                with: NativeCrypto.self
            )
            for hashes in Self.damages(proof.hashes, &randomness) {
                #expect(throws: MerkleRefusal.self) {
                    try ConsistencyProof(hashes: hashes).verify(from: before, to: after, with: NativeCrypto.self)
                }
            }
            let other = Tree.leafHash([1, 2, 3])
            #expect(throws: MerkleRefusal.self) {
                try proof.verify(from: TreeHead(size: UInt64(old), root: other), to: after, with: NativeCrypto.self)
            }
            #expect(throws: MerkleRefusal.rootMismatch) {
                try proof.verify(from: before, to: TreeHead(size: UInt64(new), root: other), with: NativeCrypto.self)
            }
            #expect(throws: MerkleRefusal.sizesOutOfOrder) {
                try proof.verify(from: after, to: before, with: NativeCrypto.self)
            }
        }
    }

    /// One bit changed, the first or last hash gone, one too many at either end, two exchanged.
    private static func damages(_ hashes: [TreeHash], _ randomness: inout SeededRandomness) -> [[TreeHash]] {
        var damages = [hashes + [Tree.emptyRoot], [Tree.emptyRoot] + hashes]
        guard let place = hashes.indices.randomElement(using: &randomness) else { return damages }
        var bytes = hashes[place].bytes
        bytes[Int.random(in: 0..<32, using: &randomness)] ^= 1 << UInt8.random(in: 0..<8, using: &randomness)
        var changed = hashes
        if let hash = TreeHash(bytes) { changed[place] = hash }
        damages += [changed, Array(hashes.dropFirst()), Array(hashes.dropLast())]
        if hashes.count > 1 {
            var exchanged = hashes
            exchanged.swapAt(0, hashes.count - 1)
            damages.append(exchanged)
        }
        return damages
    }

    @Test("nothing is proved from the empty tree, and sizes past 2^63 - 1 are refused")
    func limits() throws {
        let head = try Self.tree.head(7)
        let empty = TreeHead(size: 0, root: Tree.emptyRoot)
        #expect(throws: MerkleRefusal.nothingToProve) {
            try ConsistencyProof(hashes: []).verify(from: empty, to: head, with: NativeCrypto.self)
        }
        let huge = TreeHead(size: .max, root: head.root)
        #expect(throws: MerkleRefusal.treeTooLarge) {
            try InclusionProof(index: 0, hashes: []).verify(leaf: head.root, in: huge, with: NativeCrypto.self)
        }
        #expect(throws: MerkleRefusal.treeTooLarge) { try ProofPlan(inclusionOf: 0, in: .max) }
        // The largest tree's proofs fit into a witness request.
        #expect(try ProofPlan(consistencyFrom: 1, to: TreeHead.largestSize).ranges.count <= 63)
        #expect(try ProofPlan(inclusionOf: 0, in: TreeHead.largestSize).ranges.count <= 63)
    }
}
