// SPDX-License-Identifier: Apache-2.0

extension RatchetTree {
    /// The nodes whose keys together reach everybody below (RFC 9420 §4.1.1).
    package func resolution(_ node: NodeIndex) -> [NodeIndex] {
        var found: [NodeIndex] = []
        resolve(node, into: &found)
        return found
    }

    private func resolve(_ node: NodeIndex, into found: inout [NodeIndex]) {
        if let leaf = node.leaf {
            if self.leaf(leaf) != nil { found.append(node) }
        } else if let parent = parent(node) {
            found.append(node)
            for leaf in parent.unmergedLeaves { found.append(leaf.node) }
        } else if let left = node.left, let right = node.right {
            resolve(left, into: &found)
            resolve(right, into: &found)
        }
    }

    private func hasEmptyResolution(_ node: NodeIndex) -> Bool {
        if let leaf = node.leaf { return self.leaf(leaf) == nil }
        if parent(node) != nil { return false }
        guard let left = node.left, let right = node.right else { return true }
        return hasEmptyResolution(left) && hasEmptyResolution(right)
    }

    /// The direct path without the nodes that nobody on the other side would get the secret of (RFC 9420 §4.1.2), each
    /// with its child on the copath.
    package func filteredDirectPath(of leaf: LeafIndex) -> [(node: NodeIndex, copathChild: NodeIndex)] {
        var path: [(node: NodeIndex, copathChild: NodeIndex)] = []
        for node in leaf.node.directPath(in: width) {
            guard let left = node.left, let right = node.right else { continue }
            let copathChild = left.isAncestor(of: leaf) ? right : left
            if !hasEmptyResolution(copathChild) { path.append((node, copathChild)) }
        }
        return path
    }
}
