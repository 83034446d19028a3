// SPDX-License-Identifier: Apache-2.0

import Base

extension RatchetTree {
    /// What a joiner verifies of the tree itself (RFC 9420 §12.4.3.1), leaves' own rules aside.
    package mutating func verifyStructure<Crypto>(_ suite: CryptoSuite<Crypto>) throws(MLSRefusal) {
        try verifyUnmergedLeaves()
        try verifyUniqueness(suite)
        try verifyParentHashes(suite)
    }

    /// RFC 9420 §12.4.3.1: an unmerged leaf is a member below the node, and listed by every node in between.
    func verifyUnmergedLeaves() throws(MLSRefusal) {
        for index in 0..<width.nodeCount {
            let node = NodeIndex(index)
            guard let parent = parent(node) else { continue }
            for leafIndex in parent.unmergedLeaves {
                guard node.isAncestor(of: leafIndex), leaf(leafIndex) != nil else { throw .unmergedLeafInvalid }
                for between in leafIndex.node.directPath(in: width) {
                    if between == node { break }
                    guard let lower = self.parent(between) else { continue }
                    guard lower.unmergedLeaves.contains(leafIndex) else { throw .unmergedLeafNotInBetween }
                }
            }
        }
    }

    /// RFC 9420 §7.3, §12.4.3.1: no signature key twice among the members, no encryption key twice in the tree.
    func verifyUniqueness<Crypto>(_ suite: CryptoSuite<Crypto>) throws(MLSRefusal) {
        var encryptionKeys = SortedSet<[UInt8]>()
        var signatureKeys = SortedSet<[UInt8]>()
        for index in 0..<width.nodeCount {
            let node = NodeIndex(index)
            if let key = encryptionKey(node), !encryptionKeys.insert(key) { throw .encryptionKeyNotUnique }
            if let leaf = node.leaf, let key = self.leaf(leaf)?.signatureKey, !signatureKeys.insert(key) {
                throw .signatureKeyNotUnique
            }
        }
    }

    /// Every node that isn't blank was set by exactly one member below it (RFC 9420 §7.9.2), checked from the top.
    package mutating func verifyParentHashes<Crypto>(_ suite: CryptoSuite<Crypto>) throws(MLSRefusal) {
        for index in 0..<width.nodeCount {
            let node = NodeIndex(index)
            guard let parent = parent(node), let left = node.left, let right = node.right else { continue }
            var links = 0
            for (child, sibling) in [(left, right), (right, left)] {
                if isLinked(suite, parent, child: child, sibling: sibling) { links += 1 }
            }
            guard links == 1 else { throw .parentHashInvalid }
        }
    }

    /// Whether one node D below `child` carries this parent's hash, and everybody else there came after D (§7.9.2).
    private mutating func isLinked<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ parent: ParentNode,
        child: NodeIndex,
        sibling: NodeIndex
    ) -> Bool {
        var unmerged = SortedSet<NodeIndex>()
        for leaf in parent.unmergedLeaves where child.isAncestor(of: leaf) { unmerged.insert(leaf.node) }
        let resolution = resolution(child)
        // The resolution of C without D must be exactly the unmerged leaves below C.
        guard resolution.count == unmerged.count + 1 else { return false }
        var candidate: NodeIndex?
        for node in resolution where !unmerged.contains(node) {
            guard candidate == nil else { return false }
            candidate = node
        }
        guard let candidate else { return false }
        let carried = candidate.leaf.map { leaf($0)?.parentHash } ?? self.parent(candidate)?.parentHash
        guard let carried else { return false }
        return carried == parentHash(suite, of: parent, copathChild: sibling)
    }
}
