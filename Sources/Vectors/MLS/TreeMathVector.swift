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

    init(_ entry: VectorEntry) throws(VectorFailure) {
        n_leaves = try entry.number("n_leaves")
        n_nodes = try entry.number("n_nodes")
        root = try entry.number("root")
        left = try entry.list("left", VectorEntry.optionalNumber)
        right = try entry.list("right", VectorEntry.optionalNumber)
        parent = try entry.list("parent", VectorEntry.optionalNumber)
        sibling = try entry.list("sibling", VectorEntry.optionalNumber)
    }

    var suiteNumber: UInt16? { nil }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        guard let width = LeafCount(atLeast: n_leaves) else { return check.fail("too wide") }
        check.expect(width.value, n_leaves, "n_leaves")
        check.expect(width.nodeCount, n_nodes, "n_nodes")
        check.expect(width.root.value, root, "root")
        for list in [left, right, parent, sibling] where list.count != Int(n_nodes) {
            return check.fail("other lists than nodes")
        }
        for index in 0..<n_nodes {
            let node = NodeIndex(index)
            let place = Int(index)
            check.expect(node.left?.value, left[place], "left of \(index)")
            check.expect(node.right?.value, right[place], "right of \(index)")
            check.expect(node.parent(in: width)?.value, parent[place], "parent of \(index)")
            check.expect(node.sibling(in: width)?.value, sibling[place], "sibling of \(index)")
        }
    }
}
