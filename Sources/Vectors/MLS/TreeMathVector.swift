// SPDX-License-Identifier: Apache-2.0

import MLS

struct TreeMathVector: MLSVector {
    var n_leaves: UInt32
    var n_nodes: UInt32
    var root: UInt32
    var left: [UInt32?]
    var right: [UInt32?]
    var parent: [UInt32?]
    var sibling: [UInt32?]

    var suiteNumber: UInt16? { nil }

    func verify() throws {
        guard let width = LeafCount(atLeast: n_leaves) else { throw VectorFailure("too wide") }
        try VectorFailure.expect(width.value, n_leaves, "n_leaves")
        try VectorFailure.expect(width.nodeCount, n_nodes, "n_nodes")
        try VectorFailure.expect(width.root.value, root, "root")
        for index in 0..<n_nodes {
            let node = NodeIndex(index)
            let place = Int(index)
            try VectorFailure.expect(node.left?.value, left[place], "left of \(index)")
            try VectorFailure.expect(node.right?.value, right[place], "right of \(index)")
            try VectorFailure.expect(node.parent(in: width)?.value, parent[place], "parent of \(index)")
            try VectorFailure.expect(node.sibling(in: width)?.value, sibling[place], "sibling of \(index)")
        }
    }
}
