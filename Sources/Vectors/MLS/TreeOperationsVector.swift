// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct TreeOperationsVector: MLSVector {
    var cipher_suite: UInt16
    var tree_before: HexBytes
    var proposal: HexBytes
    var proposal_sender: UInt32
    var tree_hash_before: HexBytes
    var tree_after: HexBytes
    var tree_hash_after: HexBytes

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        var tree = try RatchetTree(decoding: tree_before.bytes)
        try VectorFailure.expect(tree.treeHash(suite), tree_hash_before.bytes, "tree_hash_before")
        switch try Proposal(decoding: proposal.bytes) {
        case .add(let keyPackage):
            _ = try tree.add(keyPackage.leafNode)
        case .update(let node):
            tree.update(LeafIndex(proposal_sender), node)
        case .remove(let leaf):
            tree.remove(leaf)
            tree.truncate()
        default:
            throw VectorFailure("no tree operation")
        }
        try VectorFailure.expect(tree.encoded, tree_after.bytes, "tree_after")
        try VectorFailure.expect(tree.treeHash(suite), tree_hash_after.bytes, "tree_hash_after")
    }
}
