// SPDX-License-Identifier: Apache-2.0

import NativeCrypto

@testable import Transparency

/// A log without a store: a tree in memory, and checkpoints of it at any size.
struct SignedTree {
    let tree: LeafTree
    let signer: NoteSigner<NativeCrypto>

    init(count: Int, variant: UInt8 = 0, signer: NoteSigner<NativeCrypto>? = nil) throws {
        tree = LeafTree((0..<count).map { Tree.leafHash([UInt8($0 & 0xFF), UInt8($0 >> 8), variant]) })
        self.signer = try signer ?? Keys.log()
    }

    func checkpoint(_ size: Int) throws -> VerifiedCheckpoint {
        guard let origin = LogOrigin(signer.key.name.bytes) else { throw TestFailure.missing("origin") }
        return try VerifiedCheckpoint(signing: Checkpoint(origin: origin, head: tree.head(size)), with: signer)
    }

    func request(from old: Int, to new: Int) throws -> AddCheckpointRequest {
        var proof = ConsistencyProof(hashes: [])
        if old > 0, old <= new {
            proof = try ConsistencyProof(from: UInt64(old), to: UInt64(new), from: tree, with: NativeCrypto.self)
        }
        return AddCheckpointRequest(oldSize: UInt64(old), proof: proof, checkpoint: try checkpoint(new))
    }
}
