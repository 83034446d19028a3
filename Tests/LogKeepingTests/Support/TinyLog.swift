// SPDX-License-Identifier: Apache-2.0

import NativeCrypto

@testable import Transparency

/// A log without files: its leaves, and checkpoints of it at any size. Variants differ from the twelfth leaf on.
struct TinyLog: NodeSource {
    private let signer: NoteSigner<NativeCrypto>
    private let leaves: [TreeHash]

    init(_ signer: NoteSigner<NativeCrypto>, variant: Int = 0, count: Int) {
        self.signer = signer
        leaves = (0..<count).map { number in
            MerkleTree<NativeCrypto>.leafHash(Array("leaf \(number) \(number < 12 ? 0 : variant)".utf8))
        }
    }

    func hash(of node: TreeNode) -> TreeHash? {
        let first = Int(node.index) << node.level
        guard first + 1 << node.level <= leaves.count else { return nil }
        return MerkleTree<NativeCrypto>.perfectRoot(leaves[first..<first + 1 << node.level])
    }

    func checkpoint(_ size: Int) throws -> VerifiedCheckpoint {
        guard let origin = LogOrigin(signer.key.name.bytes) else { throw Logs.Failure.missing("origin") }
        let head = try TreeHead(size: UInt64(size), from: self, with: NativeCrypto.self)
        return try VerifiedCheckpoint(signing: Checkpoint(origin: origin, head: head), with: signer)
    }

    /// The body of an add-checkpoint request.
    func request(from old: Int, to new: Int) throws -> [UInt8] {
        var proof = ConsistencyProof(hashes: [])
        if old > 0 {
            proof = try ConsistencyProof(from: UInt64(old), to: UInt64(new), from: self, with: NativeCrypto.self)
        }
        return AddCheckpointRequest(oldSize: UInt64(old), proof: proof, checkpoint: try checkpoint(new)).encoded
    }
}
