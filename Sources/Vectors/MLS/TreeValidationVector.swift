// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct TreeValidationVector: MLSVector {
    var cipher_suite: UInt16
    var tree: HexBytes
    var group_id: HexBytes
    var resolutions: [[UInt32]]
    var tree_hashes: [HexBytes]

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        tree = try entry.hex("tree")
        group_id = try entry.hex("group_id")
        resolutions = try entry.list("resolutions") { (value, name) throws(VectorFailure) in
            try VectorEntry.list(value, name, VectorEntry.number)
        }
        tree_hashes = try entry.list("tree_hashes", VectorEntry.hex)
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        var tree = try RatchetTree(decoding: tree.bytes)
        check.expect(tree.encoded, self.tree.bytes, "tree written again")
        guard resolutions.count == tree_hashes.count else { return check.fail("other lists than nodes") }
        for (index, wanted) in resolutions.enumerated() {
            let node = NodeIndex(UInt32(index))
            let resolution = tree.resolution(node).map { $0.value }
            check.expect(resolution, wanted, "resolution of \(index)")
            check.expect(
                tree.treeHash(suite, of: node),
                tree_hashes[index].bytes,
                "tree hash of \(index)"
            )
        }
        try tree.verifyStructure(suite)
        for (leaf, node) in tree.members {
            let isSigned = node.hasValidSignature(suite, groupID: group_id.bytes, leaf: leaf)
            check.expect(isSigned, "signature of leaf \(leaf.value)")
        }
    }
}
