// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct TreeValidationVector: MLSVector {
    var cipher_suite: UInt16
    var tree: HexBytes
    var group_id: HexBytes
    var resolutions: [[UInt32]]
    var tree_hashes: [HexBytes]

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        var tree = try RatchetTree(decoding: tree.bytes)
        try VectorFailure.expect(tree.encoded, self.tree.bytes, "tree written again")
        for (index, wanted) in resolutions.enumerated() {
            let node = NodeIndex(UInt32(index))
            let resolution = tree.resolution(node).map { $0.value }
            try VectorFailure.expect(resolution, wanted, "resolution of \(index)")
            try VectorFailure.expect(
                tree.treeHash(suite, of: node),
                tree_hashes[index].bytes,
                "tree hash of \(index)"
            )
        }
        try tree.verifyStructure(suite)
        for (leaf, node) in tree.members {
            let isSigned = node.hasValidSignature(suite, groupID: group_id.bytes, leaf: leaf)
            try VectorFailure.expect(isSigned, "signature of leaf \(leaf.value)")
        }
    }
}
