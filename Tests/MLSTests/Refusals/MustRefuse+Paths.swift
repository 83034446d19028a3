// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    /// RFC 9420 §7.5, §7.6, §7.9, §12.4.2: a committer's path.
    static let paths: [MustRefuse] = [
        MustRefuse("7.6", "a path with a node too few", .pathLengthWrong) { scene in
            try scene.deliver(try scene.altered { commit, _ in commit.path?.nodes.removeLast() })
        },
        MustRefuse("7.6", "a path with a node too many", .pathLengthWrong) { scene in
            try scene.deliver(
                try scene.altered { commit, scene in
                    let key = try scene.suite.generateKeyPair(using: &scene.randomness).publicKey
                    commit.path?.nodes.append(UpdatePathNode(encryptionKey: key, encryptedPathSecret: []))
                }
            )
        },
        MustRefuse("7.6", "a node with a ciphertext too few", .pathCiphertextCountWrong) { scene in
            try scene.deliver(
                try scene.altered { commit, _ in commit.path?.nodes[0].encryptedPathSecret.removeLast() }
            )
        },
        MustRefuse("7.6", "a node with a ciphertext too many", .pathCiphertextCountWrong) { scene in
            try scene.deliver(
                try scene.altered { commit, _ in
                    let extra = HPKECiphertext(kemOutput: [1], ciphertext: [1])
                    commit.path?.nodes[0].encryptedPathSecret.append(extra)
                }
            )
        },
        MustRefuse("7.5", "a path secret encrypted to somebody added in the commit", .pathCiphertextCountWrong) {
            scene in
            let options = CommitOptions(proposals: [.add(try scene.bundle("newcomer").keyPackage)])
            try scene.deliver(
                try scene.altered(options) { commit, _ in
                    let extra = HPKECiphertext(kemOutput: [1], ciphertext: [1])
                    guard var nodes = commit.path?.nodes else { return }
                    nodes[nodes.count - 1].encryptedPathSecret.append(extra)
                    commit.path?.nodes = nodes
                }
            )
        },
        MustRefuse("7.5", "a changed ciphertext", .crypto(.authenticationFailed)) { scene in
            try scene.deliver(
                try scene.altered { commit, _ in
                    commit.path?.nodes[0].encryptedPathSecret[0].ciphertext[0] ^= 1
                }
            )
        },
        MustRefuse("7.5", "a path secret that isn't that of the public key", .pathKeyMismatch) { scene in
            try scene.deliver(
                try scene.altered { commit, scene in
                    guard let key = scene.members[1].leafNode?.encryptionKey else { return }
                    let sealed = try scene.suite.encryptWithLabel(
                        to: key,
                        .updatePathNode,
                        context: try scene.provisionalContext(of: commit),
                        plaintext: [UInt8](repeating: 9, count: 32),
                        using: &scene.randomness
                    )
                    commit.path?.nodes[0].encryptedPathSecret[0] = sealed
                }
            )
        },
        MustRefuse("7.9.2", "a leaf with another parent hash", .parentHashInvalid) { scene in
            try scene.deliver(
                try scene.altered(leaf: { leaf, _ in
                    leaf.source = .commit(parentHash: [UInt8](repeating: 5, count: 32))
                })
            )
        },
        MustRefuse("7.9.2", "a leaf without a parent hash", .parentHashInvalid) { scene in
            try scene.deliver(
                try scene.altered(leaf: { leaf, _ in leaf.source = .commit(parentHash: []) })
            )
        },
        MustRefuse("7.9.2", "a node whose key was exchanged", .parentHashInvalid) { scene in
            try scene.deliver(
                try scene.altered { commit, scene in
                    commit.path?.nodes[0].encryptionKey =
                        try scene.suite.generateKeyPair(using: &scene.randomness).publicKey
                }
            )
        },
        MustRefuse("12.4.2", "a path leaf that says update", .wrongLeafSource) { scene in
            try scene.deliver(try scene.altered(leaf: { leaf, _ in leaf.source = .update }))
        },
        MustRefuse("12.4.2", "a path leaf that says key package", .wrongLeafSource) { scene in
            try scene.deliver(
                try scene.altered(leaf: { leaf, _ in leaf.source = .keyPackage(Scene.lifetime) })
            )
        },
        MustRefuse("12.4.2", "a path leaf that keeps its key", .encryptionKeyUnchanged) { scene in
            try scene.deliver(
                try scene.altered(leaf: { leaf, scene in
                    leaf.encryptionKey = scene.members[0].leafNode?.encryptionKey ?? []
                })
            )
        },
        MustRefuse("12.4.2", "a path leaf with another member's key", .pathKeyNotUnique) { scene in
            try scene.deliver(
                try scene.altered(leaf: { leaf, scene in
                    leaf.encryptionKey = scene.members[2].leafNode?.encryptionKey ?? []
                })
            )
        },
        MustRefuse("12.4.2", "a path node with a key of the tree", .pathKeyNotUnique) { scene in
            try scene.deliver(
                try scene.altered { commit, scene in
                    commit.path?.nodes[0].encryptionKey = scene.members[2].leafNode?.encryptionKey ?? []
                }
            )
        },
        MustRefuse("12.4.2", "a path node that keeps its key", .pathKeyNotUnique) { scene in
            try scene.deliver(
                try scene.altered { commit, scene in
                    commit.path?.nodes[0].encryptionKey =
                        scene.members[0].tree.encryptionKey(NodeIndex(1)) ?? []
                }
            )
        },
        MustRefuse("12.4.2", "a path with one key twice", .pathKeyNotUnique) { scene in
            try scene.deliver(
                try scene.altered { commit, _ in
                    guard let key = commit.path?.nodes[1].encryptionKey else { return }
                    commit.path?.nodes[0].encryptionKey = key
                }
            )
        },
        MustRefuse("12.4.2", "a path node with the leaf's key", .pathKeyNotUnique) { scene in
            try scene.deliver(
                try scene.altered { commit, _ in
                    guard let key = commit.path?.leafNode.encryptionKey else { return }
                    commit.path?.nodes[0].encryptionKey = key
                }
            )
        },
        MustRefuse("7.5", "a path node with a key that is none", .invalidEncryptionKey) { scene in
            try scene.deliver(try scene.altered { commit, _ in commit.path?.nodes[0].encryptionKey = [1] })
        },
        MustRefuse("7.3", "a path leaf changed after signing", .invalidLeafSignature) { scene in
            try scene.deliver(
                try scene.altered { commit, _ in commit.path?.leafNode.credential = .basic(identity: [9]) }
            )
        },
        MustRefuse("7.3", "a path leaf with another member's signature key", .signatureKeyNotUnique) { scene in
            let stolen = scene.members[2].signatureKey
            var options = CommitOptions()
            options.member = try scene.members[0].description(or: nil)
            options.member?.signatureKey = stolen
            // Made by hand, since making such a commit is refused as well.
            _ = try scene.members[0].commit(options, rules: scene.rules, using: &scene.randomness)
        },
        MustRefuse("5.3.1", "a path leaf that isn't a successor", .successionRefused) { scene in
            let made = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
            scene.rules.acceptsSuccession = false
            try scene.deliver(made.commit)
        },
        MustRefuse("12.4.1", "a commit with secrets of another epoch", .invalidConfirmationTag) { scene in
            scene.members[0].secrets.initial = .zeros(32)
            let made = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
            scene.members[0] = Scene.three.members[0]
            try scene.deliver(made.commit)
        },
    ]
}

extension Scene {
    /// The context that path secrets of a commit of member 0 are encrypted under.
    func provisionalContext(of commit: Commit) throws -> [UInt8] {
        guard let path = commit.path else { return [] }
        let group = members[0]
        var tree = group.tree
        try tree.merge(suite, path, of: group.leaf, excluding: SortedSet())
        var context = group.context
        context.epoch += 1
        context.treeHash = tree.treeHash(suite)
        return context.encoded
    }
}
