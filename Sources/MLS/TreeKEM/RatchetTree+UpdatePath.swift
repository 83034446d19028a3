// SPDX-License-Identifier: Apache-2.0

package import Base

extension RatchetTree {
    /// Gives a committer fresh keys up to the root and signs its new leaf (RFC 9420 §7.5).
    ///
    /// - Parameter leafNode: the new leaf but for its encryption key, source and signature.
    package mutating func renewPath<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        of leaf: LeafIndex,
        leafNode: LeafNode,
        signatureKey: Secret,
        groupID: [UInt8],
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> FreshPath {
        let leafKeyPair = try suite.generateKeyPair(using: &randomness)
        var pathSecret = Secret.random(suite.secretLength, using: &randomness)
        var nodes: [FreshPath.Node] = []
        for (index, copathChild) in filteredDirectPath(of: leaf) {
            let keyPair = try suite.deriveKeyPair(try suite.deriveSecret(pathSecret, "node"))
            nodes.append(
                FreshPath.Node(index: index, copathChild: copathChild, pathSecret: pathSecret, keyPair: keyPair)
            )
            pathSecret = try suite.deriveSecret(pathSecret, "path")
        }
        var keys: [(node: NodeIndex, copathChild: NodeIndex, key: [UInt8])] = []
        for node in nodes { keys.append((node.index, node.copathChild, node.keyPair.publicKey)) }
        let parentHash = setPath(suite, of: leaf, keys)
        var leafNode = leafNode
        leafNode.encryptionKey = leafKeyPair.publicKey
        leafNode.source = .commit(parentHash: parentHash)
        try leafNode.sign(suite, privateKey: signatureKey, groupID: groupID, leaf: leaf)
        setLeaf(leaf, leafNode)
        // One more derivation than there are nodes (RFC 9420 §12.4.1).
        return FreshPath(
            leaf: leaf,
            leafNode: leafNode,
            leafKeyPair: leafKeyPair,
            nodes: nodes,
            commitSecret: pathSecret
        )
    }

    /// Puts new public keys on a path, with the parent hashes from the top down; gives the leaf's parent hash (§7.9).
    private mutating func setPath<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        of leaf: LeafIndex,
        _ keys: [(node: NodeIndex, copathChild: NodeIndex, key: [UInt8])]
    ) -> [UInt8] {
        blankPath(of: leaf)
        // RFC 9420 §7.9: the root's is empty; without any node on the path, so is the leaf's.
        var parentHash: [UInt8] = []
        for entry in keys.reversed() {
            let node = ParentNode(encryptionKey: entry.key, parentHash: parentHash)
            setParent(entry.node, node)
            parentHash = self.parentHash(suite, of: node, copathChild: entry.copathChild)
        }
        return parentHash
    }

    /// Encrypts each path secret to the other side, new members left out (RFC 9420 §7.5, §7.6).
    package func encrypt<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ path: FreshPath,
        excluding added: SortedSet<NodeIndex>,
        context: [UInt8],
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> UpdatePath {
        var nodes: [UpdatePathNode] = []
        for node in path.nodes {
            var ciphertexts: [HPKECiphertext] = []
            for receiver in recipients(below: node.copathChild, excluding: added) {
                guard let key = encryptionKey(receiver) else { continue }
                ciphertexts.append(
                    try suite.encryptWithLabel(
                        to: key,
                        .updatePathNode,
                        context: context,
                        plaintext: node.pathSecret.withBytes { Array($0) },
                        using: &randomness
                    )
                )
            }
            nodes.append(
                UpdatePathNode(encryptionKey: node.keyPair.publicKey, encryptedPathSecret: ciphertexts)
            )
        }
        return UpdatePath(leafNode: path.leafNode, nodes: nodes)
    }

    /// Who a path secret is encrypted to: the resolution without the leaves of this very commit (RFC 9420 §7.5).
    func recipients(below copathChild: NodeIndex, excluding added: SortedSet<NodeIndex>) -> [NodeIndex] {
        resolution(copathChild).filter { !added.contains($0) }
    }

    /// Takes over a received path, everything that can be seen in public checked (RFC 9420 §7.5, §12.4.2).
    package mutating func merge<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ path: UpdatePath,
        of leaf: LeafIndex,
        excluding added: SortedSet<NodeIndex>
    ) throws(MLSRefusal) {
        let filtered = filteredDirectPath(of: leaf)
        // RFC 9420 §7.6: one node for each of the filtered direct path.
        guard filtered.count == path.nodes.count else { throw .pathLengthWrong }
        try verifyFreshKeys(suite, path)
        var keys: [(node: NodeIndex, copathChild: NodeIndex, key: [UInt8])] = []
        for (place, entry) in filtered.enumerated() {
            let node = path.nodes[place]
            // RFC 9420 §7.6: one ciphertext for each recipient.
            let recipients = recipients(below: entry.copathChild, excluding: added)
            guard recipients.count == node.encryptedPathSecret.count else { throw .pathCiphertextCountWrong }
            keys.append((entry.node, entry.copathChild, node.encryptionKey))
        }
        let parentHash = setPath(suite, of: leaf, keys)
        // RFC 9420 §7.9.2: recomputed, and equal to what the committer signed.
        guard path.leafNode.source == .commit(parentHash: parentHash) else { throw .parentHashInvalid }
        setLeaf(leaf, path.leafNode)
    }

    /// RFC 9420 §12.4.2: no public key of the path is anywhere in the tree already, nor in the path twice.
    private func verifyFreshKeys<Crypto>(_ suite: CryptoSuite<Crypto>, _ path: UpdatePath) throws(MLSRefusal) {
        var fresh = SortedSet<[UInt8]>(path.leafNode.encryptionKey)
        for node in path.nodes {
            guard fresh.insert(node.encryptionKey) else { throw .pathKeyNotUnique }
            guard suite.isValidPublicKey(node.encryptionKey) else { throw .invalidEncryptionKey }
        }
        for index in 0..<width.nodeCount {
            guard let key = encryptionKey(NodeIndex(index)), fresh.contains(key) else { continue }
            throw .pathKeyNotUnique
        }
    }
}
