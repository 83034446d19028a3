// SPDX-License-Identifier: Apache-2.0

import Driver
import StandInCrypto
import Transparency

fuzz { input in
    let bytes = [UInt8](input)
    guard let proof = try? LogProof(parsing: bytes) else { return }
    precondition(proof.encoded == bytes, "another spelling of a proof")
    let leaf = MerkleTree<StandInCrypto>.leafHash([])
    try? proof.inclusion.verify(leaf: leaf, in: proof.checkpoint.checkpoint.head, with: StandInCrypto.self)
    let hashes = ConsistencyProof(hashes: proof.inclusion.hashes)
    let old = TreeHead(size: proof.inclusion.index, root: leaf)
    try? hashes.verify(from: old, to: proof.checkpoint.checkpoint.head, with: StandInCrypto.self)
}
