// SPDX-License-Identifier: Apache-2.0

package import Base

/// From the `encryption_secret` to every member's message keys (RFC 9420 §9), derived when needed and deleted when used.
package struct SecretTree<Crypto: CryptoProvider>: Sendable {
    let suite: CryptoSuite<Crypto>
    let width: LeafCount
    var limits: RatchetLimits
    /// Secrets of nodes none of whose parents' secrets are left: at the start the root's only.
    var nodes: SortedMap<NodeIndex, Secret>
    var handshake = SortedMap<LeafIndex, HashRatchet>()
    var application = SortedMap<LeafIndex, HashRatchet>()

    package init(
        _ suite: CryptoSuite<Crypto>,
        width: LeafCount,
        encryptionSecret: Secret,
        limits: RatchetLimits = RatchetLimits()
    ) {
        self.suite = suite
        self.width = width
        self.limits = limits
        nodes = SortedMap(width.root, encryptionSecret)
    }

    /// The sender's next key.
    package mutating func next(
        _ kind: RatchetKind,
        of leaf: LeafIndex
    ) throws(MLSRefusal) -> (generation: UInt32, key: RatchetKey) {
        var ratchet = try ratchet(kind, of: leaf)
        let step = try ratchet.next(suite)
        put(ratchet, kind, of: leaf)
        return step
    }

    /// Lends the key of a received message to `body`. Only if `body` succeeds is the key deleted and the ratchet moved:
    /// a message that doesn't open must not cost the real one its key.
    package mutating func open(
        _ kind: RatchetKind,
        of leaf: LeafIndex,
        generation: UInt32,
        _ body: (RatchetKey) throws(MLSRefusal) -> [UInt8]
    ) throws(MLSRefusal) -> [UInt8] {
        var ratchet = try ratchet(kind, of: leaf)
        let key = try ratchet.take(suite, generation: generation, limits: limits)
        let result = try body(key)
        put(ratchet, kind, of: leaf)
        return result
    }

    private mutating func put(_ ratchet: HashRatchet, _ kind: RatchetKind, of leaf: LeafIndex) {
        switch kind {
        case .handshake: handshake[leaf] = ratchet
        case .application: application[leaf] = ratchet
        }
    }

    private mutating func ratchet(_ kind: RatchetKind, of leaf: LeafIndex) throws(MLSRefusal) -> HashRatchet {
        let found =
            switch kind {
            case .handshake: handshake[leaf]
            case .application: application[leaf]
            }
        if let found { return found }
        // Unseen by tests: senders outside the tree are refused as blank leaves before their keys are looked for.
        guard width.contains(leaf) else { throw .noSuchLeaf }
        let secret = try leafSecret(leaf)
        // Both at once: the leaf's own secret goes now (RFC 9420 §9.2).
        let empty: [UInt8] = []
        let first = HashRatchet(
            try suite.expandWithLabel(secret, "handshake", context: empty, length: suite.secretLength)
        )
        let second = HashRatchet(
            try suite.expandWithLabel(secret, "application", context: empty, length: suite.secretLength)
        )
        handshake[leaf] = first
        application[leaf] = second
        return kind == .handshake ? first : second
    }

    /// Walks down from the lowest node whose secret is still there; each secret passed is replaced by its children's.
    private mutating func leafSecret(_ leaf: LeafIndex) throws(MLSRefusal) -> Secret {
        var node = leaf.node
        var path: [NodeIndex] = []
        while nodes[node] == nil {
            path.append(node)
            guard let parent = node.parent(in: width) else { throw .keyAlreadyUsed }
            node = parent
        }
        while let below = path.popLast() {
            guard let secret = nodes.removeValue(forKey: node), let left = node.left, let right = node.right else {
                throw .keyAlreadyUsed
            }
            nodes[left] = try child(secret, "left")
            nodes[right] = try child(secret, "right")
            node = below
        }
        guard let secret = nodes.removeValue(forKey: node) else { throw .keyAlreadyUsed }
        return secret
    }

    private func child(_ secret: Secret, _ side: StaticString) throws(MLSRefusal) -> Secret {
        try suite.expandWithLabel(secret, "tree", context: side.bytes, length: suite.secretLength)
    }
}
