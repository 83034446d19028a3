// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// One file of transparency-dev/merkle's `testdata`: an inclusion or a consistency proof, most of which must be refused.
struct MerkleVector {
    enum Claim {
        case inclusion(leaf: [UInt8], index: UInt64, size: UInt64, root: [UInt8])
        case consistency(size1: UInt64, root1: [UInt8], size2: UInt64, root2: [UInt8])
    }

    let claim: Claim
    let proof: [[UInt8]]
    let wantErr: Bool

    init(_ entry: VectorEntry) throws(VectorFailure) {
        wantErr = try entry.truth("wantErr")
        proof = entry.has("proof") ? try entry.list("proof", VectorEntry.base64) : []
        if entry.has("leafIdx") {
            claim = .inclusion(
                leaf: try entry.base64("leafHash"),
                index: try entry.number("leafIdx"),
                size: try entry.number("treeSize"),
                root: try entry.base64("root")
            )
        } else {
            claim = .consistency(
                size1: try entry.number("size1"),
                root1: try entry.base64("root1"),
                size2: try entry.number("size2"),
                root2: try entry.base64("root2")
            )
        }
    }

    func verify(_ check: VectorCheck) {
        check.expect(holds, !wantErr, wantErr ? "accepted what must be refused" : "refused what must be accepted")
    }

    private var holds: Bool {
        var hashes: [TreeHash] = []
        for bytes in proof {
            guard let hash = TreeHash(bytes) else { return false }
            hashes.append(hash)
        }
        do throws(MerkleRefusal) {
            switch claim {
            case .inclusion(let leaf, let index, let size, let root):
                let head = TreeHead(size: size, root: MerkleVector.hash(root))
                try InclusionProof(index: index, hashes: hashes)
                    .verify(leaf: MerkleVector.hash(leaf), in: head, with: Provider.self)
            case .consistency(let size1, let root1, let size2, let root2):
                let old = TreeHead(size: size1, root: MerkleVector.hash(root1))
                let new = TreeHead(size: size2, root: MerkleVector.hash(root2))
                try ConsistencyProof(hashes: hashes).verify(from: old, to: new, with: Provider.self)
            }
            return true
        } catch {
            return false
        }
    }

    /// Some files have short words where roots belong, one of them in a proof that holds ("don't care"). Our hashes have 32
    /// bytes by their type, so those words' hashes stand for them: the same for the same word.
    private static func hash(_ bytes: [UInt8]) -> TreeHash { TreeHash(bytes) ?? MerkleTree<Provider>.leafHash(bytes) }
}
