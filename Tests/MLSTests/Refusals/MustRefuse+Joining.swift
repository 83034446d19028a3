// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    /// RFC 9420 §7.9, §12.4.3: group infos, trees and Welcomes.
    static let joining: [MustRefuse] = [
        MustRefuse("12.4.3", "a changed group info", .groupInfoSignatureInvalid) { scene in
            var info = try scene.members[0].groupInfo()
            info.confirmationTag[0] ^= 1
            try scene.join(info)
        },
        MustRefuse("12.4.3", "a group info signed by another member", .groupInfoSignatureInvalid) { scene in
            try scene.join(try scene.alteredInfo(by: 1) { $0.signer = LeafIndex(0) })
        },
        MustRefuse("12.4.3.1", "a signer who isn't there", .signerBlank) { scene in
            try scene.join(try scene.alteredInfo { $0.signer = LeafIndex(3) })
        },
        MustRefuse("12.4.3.1", "a signer outside the tree", .signerBlank) { scene in
            try scene.join(try scene.alteredInfo { $0.signer = LeafIndex(.max) })
        },
        MustRefuse("12.4.3.3", "a tree with another hash", .treeHashMismatch) { scene in
            try scene.join(try scene.alteredInfo { $0.context.treeHash[0] ^= 1 })
        },
        MustRefuse("12.4.3.3", "no tree at all", .treeMissing) { scene in
            try scene.join(try scene.members[0].groupInfo(withTree: false))
        },
        MustRefuse("12.4.3", "a version that isn't known", .unsupportedVersion) { scene in
            try scene.join(try scene.alteredInfo { $0.context.version = ProtocolVersion(rawValue: 2) })
        },
        MustRefuse("12.4.3", "a suite that nobody has", .unsupportedCipherSuite) { scene in
            try scene.join(try scene.alteredInfo { $0.context.cipherSuite = CipherSuite(rawValue: 4) })
        },
        MustRefuse("12.4.3.3", "a tree whose last node is blank", .lastNodeBlank) { scene in
            _ = try RatchetTree(decoding: try scene.treeBytes(appending: [0, 0]))
        },
        MustRefuse("12.4.3.3", "a tree with a leaf in a parent's place", .nodeOfWrongKind) { scene in
            guard let leaf = scene.members[0].leafNode else { return }
            _ = try RatchetTree(decoding: try scene.treeBytes(appending: [1, 1] + leaf.encoded))
        },
        MustRefuse("12.4.3.3", "an empty tree", .emptyTree) { _ in _ = try RatchetTree(decoding: [0]) },
        MustRefuse("12.4.3.3", "a tree of a kind of node that isn't known", .malformed(.unknownValue)) { scene in
            _ = try RatchetTree(decoding: try scene.treeBytes(appending: [1, 3]))
        },
        MustRefuse("7.9.2", "a parent node with another key", .parentHashInvalid) { scene in
            let key = try scene.suite.generateKeyPair(using: &scene.randomness).publicKey
            try scene.join(
                try scene.alteredInfo(tree: { tree in
                    guard var node = tree.parent(NodeIndex(3)) else { return }
                    node.encryptionKey = key
                    tree.setParent(NodeIndex(3), node)
                })
            )
        },
        MustRefuse("7.9.2", "a parent node without anybody who set it", .parentHashInvalid) { scene in
            let key = try scene.suite.generateKeyPair(using: &scene.randomness).publicKey
            try scene.join(
                try scene.alteredInfo(tree: { tree in
                    tree.setParent(NodeIndex(5), ParentNode(encryptionKey: key, parentHash: []))
                })
            )
        },
        MustRefuse("7.9.2", "a parent hash that is empty", .parentHashInvalid) { scene in
            try scene.join(
                try scene.alteredInfo(tree: { tree in
                    guard var node = tree.parent(NodeIndex(1)) else { return }
                    node.parentHash = []
                    tree.setParent(NodeIndex(1), node)
                })
            )
        },
        MustRefuse("7.9.2", "a sibling exchanged after the path", .parentHashInvalid) { scene in
            let other = try scene.bundle("other").keyPackage.leafNode
            try scene.join(try scene.alteredInfo(tree: { $0.setLeaf(LeafIndex(2), other) }))
        },
        MustRefuse("12.4.3.1", "an unmerged leaf that is blank", .unmergedLeafInvalid) { scene in
            try scene.join(try scene.alteredInfo(tree: { $0.setUnmerged(NodeIndex(3), [LeafIndex(3)]) }))
        },
        MustRefuse("12.4.3.1", "an unmerged leaf that isn't below the node", .unmergedLeafInvalid) { scene in
            try scene.join(try scene.alteredInfo(tree: { $0.setUnmerged(NodeIndex(1), [LeafIndex(2)]) }))
        },
        MustRefuse("12.4.3.1", "an unmerged leaf outside the tree", .unmergedLeafInvalid) { scene in
            try scene.join(try scene.alteredInfo(tree: { $0.setUnmerged(NodeIndex(3), [LeafIndex(.max)]) }))
        },
        MustRefuse("12.4.3.1", "an unmerged leaf that a node in between lacks", .unmergedLeafNotInBetween) { scene in
            try scene.join(try scene.alteredInfo(tree: { $0.setUnmerged(NodeIndex(3), [LeafIndex(1)]) }))
        },
        MustRefuse("12.4.3.1", "one encryption key in two nodes", .encryptionKeyNotUnique) { scene in
            try scene.join(
                try scene.alteredInfo(tree: { tree in
                    guard let key = tree.encryptionKey(NodeIndex(0)), var node = tree.parent(NodeIndex(1)) else {
                        return
                    }
                    node.encryptionKey = key
                    tree.setParent(NodeIndex(1), node)
                })
            )
        },
        MustRefuse("7.3", "a leaf of the tree that was changed", .invalidLeafSignature) { scene in
            // A tree without parents, so that only the leaf can be at fault.
            scene = try Scene(2)
            try scene.commit(CommitOptions(proposals: [.remove(LeafIndex(1))]))
            try scene.join(
                try scene.alteredInfo(tree: { tree in
                    guard var leaf = tree.leaf(LeafIndex(0)) else { return }
                    leaf.credential = .basic(identity: [1])
                    tree.setLeaf(LeafIndex(0), leaf)
                })
            )
        },
        MustRefuse("5.3.1", "a member whom we don't believe", .credentialRefused) { scene in
            scene.rules.refusedIdentity = Array("member 2".utf8)
            try scene.join(try scene.members[0].groupInfo())
        },
        MustRefuse("12.4.3.2", "a group info that can't be used from outside", .externalPubMissing) { scene in
            let member = try scene.describe("outsider")
            _ = try ExternalJoin<NativeCrypto>(
                try scene.members[0].groupInfo(withExternalPub: false),
                member: member,
                rules: scene.rules,
                using: &scene.randomness
            )
        },
        MustRefuse("12.4.3", "an external join to a group that we are in", .groupAlreadyKnown) { scene in
            let member = try scene.describe("outsider")
            _ = try ExternalJoin<NativeCrypto>(
                try scene.members[0].groupInfo(),
                member: member,
                known: [Scene.groupID],
                rules: scene.rules,
                using: &scene.randomness
            )
        },
        MustRefuse("12.4.3.1", "a Welcome for somebody else", .noSecretsForUs) { scene in
            let (welcome, _) = try scene.welcome()
            _ = try NativeGroup(welcome, try scene.bundle("other"), rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome of another suite", .cipherSuiteMismatch) { scene in
            var (welcome, bundle) = try scene.welcome()
            welcome.cipherSuite = .x25519ChaCha20Poly1305
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("12.4.3", "a Welcome to a group that we are in", .groupAlreadyKnown) { scene in
            let (welcome, bundle) = try scene.welcome()
            _ = try NativeGroup(welcome, bundle, known: [Scene.groupID], rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a changed group info in a Welcome", .crypto(.authenticationFailed)) { scene in
            var (welcome, bundle) = try scene.welcome()
            welcome.encryptedGroupInfo[0] ^= 1
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome with a PSK that we don't have", .preSharedKeyUnknown) { scene in
            let (welcome, bundle) = try scene.welcome(preSharedKey: true)
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome without the PSK that we require", .preSharedKeyMissing) { scene in
            let (welcome, bundle) = try scene.welcome()
            _ = try NativeGroup(welcome, bundle, requiring: .external(identifier: [1]), rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome with another PSK than ours", .crypto(.authenticationFailed)) { scene in
            let (welcome, bundle) = try scene.welcome(preSharedKey: true)
            var other = PreSharedKeys()
            other.set(external: [1], Secret([9]))
            _ = try NativeGroup(welcome, bundle, rules: scene.rules, preSharedKeys: other)
        },
        MustRefuse("12.4.3.1", "a Welcome without our leaf in the tree", .joinerLeafMissing) { scene in
            // The group as it was before.
            let before = try scene.members[0].groupInfo()
            let (welcome, bundle) = try scene.welcome { $0 = before }
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome with another confirmation tag", .invalidConfirmationTag) { scene in
            let (welcome, bundle) = try scene.welcome { $0.confirmationTag[0] ^= 1 }
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("11.3", "a branch of a group that we don't know", .preSharedKeyUnknown) { scene in
            let (welcome, bundle) = try scene.branch()
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("11.3", "a branch with somebody who isn't in the group", .branchNotASubset) { scene in
            let (welcome, bundle) = try scene.branch(with: "stranger")
            _ = try NativeGroup(welcome, bundle, origin: .group(scene.members[1]), rules: scene.rules)
        },
        MustRefuse("11.2", "a new group that leaves somebody behind", .reInitMembersMissing) { scene in
            let (welcome, bundle) = try scene.reinitialize(leavingOut: 1)
            _ = try NativeGroup(welcome, bundle, origin: .group(scene.members[1]), rules: scene.rules)
        },
        MustRefuse("11.2", "a new group with other parameters than announced", .reInitMismatch) { scene in
            let (welcome, bundle) = try scene.reinitialize()
            scene.members[1].shared.reInit?.groupID = [7]
            _ = try NativeGroup(welcome, bundle, origin: .group(scene.members[1]), rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome whose path secret isn't the tree's", .pathKeyMismatch) { scene in
            let bundle = try scene.bundle("newcomer")
            var other = scene
            try other.commit(CommitOptions(proposals: [.add(bundle.keyPackage)]))
            let shared = other.members[0].shared
            _ = try shared.keys(of: bundle, signer: LeafIndex(0), pathSecret: .zeros(32))
        },
    ]
}

extension RatchetTree {
    mutating func setUnmerged(_ node: NodeIndex, _ leaves: [LeafIndex]) {
        guard var parent = parent(node) else { return }
        parent.unmergedLeaves = leaves
        setParent(node, parent)
    }
}
