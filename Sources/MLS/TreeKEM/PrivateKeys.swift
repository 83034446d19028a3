// SPDX-License-Identifier: Apache-2.0

package import Base

/// The private half of the tree that one member holds: its leaf's key and those of nodes above (RFC 9420 §4.2).
package struct PrivateKeys: Sendable {
    package let leaf: LeafIndex
    /// Pairs, so that a key can be checked against the tree without computing.
    package private(set) var pairs: SortedMap<NodeIndex, HPKEKeyPair>

    package init(leaf: LeafIndex, keyPair: HPKEKeyPair) {
        self.leaf = leaf
        pairs = SortedMap(leaf.node, keyPair)
    }

    init(leaf: LeafIndex, pairs: SortedMap<NodeIndex, HPKEKeyPair>) {
        self.leaf = leaf
        self.pairs = pairs
    }

    /// The key pair at a node, if it is still the one in the tree.
    func pair(at node: NodeIndex, in tree: RatchetTree) -> HPKEKeyPair? {
        guard let pair = pairs[node], tree.encryptionKey(node) == pair.publicKey else { return nil }
        return pair
    }

    mutating func set(_ node: NodeIndex, _ pair: HPKEKeyPair) {
        pairs[node] = pair
    }

    /// Forgets the keys of nodes that are blank now or have another key (RFC 9420 §7.5: outdated pairs are deleted).
    mutating func drop(outdatedIn tree: RatchetTree) {
        pairs.removeAll { node, pair in tree.encryptionKey(node) != pair.publicKey }
    }

    /// Sets the keys from a path secret at `node` up to the root of the tree, each checked against the tree's public
    /// key (RFC 9420 §7.5, §12.4.3.1), and gives the commit secret.
    ///
    /// - Parameter path: the committer's filtered direct path.
    package mutating func derive<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        from pathSecret: Secret,
        at node: NodeIndex,
        path: [NodeIndex],
        tree: RatchetTree
    ) throws(MLSRefusal) -> Secret {
        guard let start = path.firstIndex(of: node) else { throw .noPathForUs }
        var secret = pathSecret
        for above in path[start...] {
            let pair = try suite.deriveKeyPair(try suite.deriveSecret(secret, "node"))
            guard tree.encryptionKey(above) == pair.publicKey else { throw .pathKeyMismatch }
            pairs[above] = pair
            secret = try suite.deriveSecret(secret, "path")
        }
        return secret
    }

    /// Opens what a committer's path has for us (RFC 9420 §7.5); `tree` is the one with the path merged.
    package mutating func open<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ path: UpdatePath,
        from committer: LeafIndex,
        tree: RatchetTree,
        excluding added: SortedSet<NodeIndex>,
        context: [UInt8]
    ) throws(MLSRefusal) -> (pathSecret: Secret, commitSecret: Secret) {
        let filtered = tree.filteredDirectPath(of: committer)
        // Unseen by tests: merging the path has refused it already; here it keeps the indices below in bounds.
        guard filtered.count == path.nodes.count else { throw .pathLengthWrong }
        for (place, entry) in filtered.enumerated() where entry.copathChild.isAncestor(of: leaf) {
            let recipients = tree.recipients(below: entry.copathChild, excluding: added)
            let ciphertexts = path.nodes[place].encryptedPathSecret
            // Unseen by tests: merging the path has refused it already; here it keeps the indices below in bounds.
            guard recipients.count == ciphertexts.count else { throw .pathCiphertextCountWrong }
            for (index, recipient) in recipients.enumerated() {
                guard let pair = pair(at: recipient, in: tree) else { continue }
                var opened = try suite.decryptWithLabel(
                    pair,
                    .updatePathNode,
                    context: context,
                    ciphertexts[index]
                )
                let pathSecret = Secret(erasing: &opened)
                var nodes: [NodeIndex] = []
                for step in filtered { nodes.append(step.node) }
                let commitSecret = try derive(suite, from: pathSecret, at: entry.node, path: nodes, tree: tree)
                return (pathSecret, commitSecret)
            }
            throw .noPathForUs
        }
        throw .noPathForUs
    }
}
