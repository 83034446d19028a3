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

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        tree_before = try entry.hex("tree_before")
        proposal = try entry.hex("proposal")
        proposal_sender = try entry.number("proposal_sender")
        tree_hash_before = try entry.hex("tree_hash_before")
        tree_after = try entry.hex("tree_after")
        tree_hash_after = try entry.hex("tree_hash_after")
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        var tree = try RatchetTree(decoding: tree_before.bytes)
        check.expect(tree.treeHash(suite), tree_hash_before.bytes, "tree_hash_before")
        switch try proposal.decoded(Proposal.self) {
        case .add(let keyPackage):
            _ = try tree.add(keyPackage.leafNode)
        case .update(let node):
            tree.update(LeafIndex(proposal_sender), node)
        case .remove(let leaf):
            tree.remove(leaf)
            tree.truncate()
        default:
            return check.fail("no tree operation")
        }
        check.expect(tree.encoded, tree_after.bytes, "tree_after")
        check.expect(tree.treeHash(suite), tree_hash_after.bytes, "tree_hash_after")
    }
}
