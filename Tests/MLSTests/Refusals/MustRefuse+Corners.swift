// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    /// Found by taking out one check after the other (`scripts/mutate-mls`).
    static let corners: [MustRefuse] = [
        MustRefuse("10", "a key package of another version than its message", .malformed(.unknownValue)) { scene in
            var keyPackage = try scene.bundle("newcomer").keyPackage
            keyPackage.version = ProtocolVersion(rawValue: 2)
            _ = try MessageIn(decoding: MLSMessage.keyPackage(keyPackage).encoded)
        },
        MustRefuse("SelfRemove", "an external join that takes another proposal along", .externalCommitByReference) {
            scene in
            let remove = try scene.proposal(by: 0, .remove(LeafIndex(2)))
            _ = try ExternalJoin<NativeCrypto>(
                try scene.members[1].groupInfo(),
                member: try scene.describe("outsider"),
                selfRemoves: [MessageIn(remove)],
                rules: scene.rules,
                using: &scene.randomness
            )
        },
        MustRefuse("12.4.3.2", "an external_pub with bytes left over", .malformed(.trailingBytes)) { scene in
            let info = try scene.alteredInfo { info in
                let data = (info.extensions[.externalPub] ?? []) + [0]
                info.extensions = info.extensions.with(Extension(type: .externalPub, data: data))
            }
            _ = try ExternalJoin<NativeCrypto>(
                info,
                member: try scene.describe("outsider"),
                rules: scene.rules,
                using: &scene.randomness
            )
        },
        MustRefuse("12.1.8", "making an update as an external sender", .notAllowedForExternalSender) { scene in
            let key = try scene.suite.generateSignatureKey(using: &scene.randomness)
            _ = try ExternalProposal.propose(
                scene.suite,
                .selfRemove,
                groupID: Scene.groupID,
                epoch: 1,
                index: 0,
                signatureKey: key
            )
        },
        MustRefuse("12.4.3.1", "a group info of another suite in a Welcome", .cipherSuiteMismatch) { scene in
            let (welcome, bundle) = try scene.welcome { $0.context.cipherSuite = .x25519ChaCha20Poly1305 }
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("8.4", "a Welcome with a PSK nonce that is too short", .preSharedKeyNonceLength) { scene in
            let identifier = PreSharedKeyID(source: .external(identifier: [1]), nonce: [1])
            let (welcome, bundle) = try scene.welcome(naming: [identifier])
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("8.4", "a Welcome with one PSK twice", .preSharedKeyTwice) { scene in
            let nonce = [UInt8](repeating: 1, count: 32)
            let identifier = PreSharedKeyID(source: .external(identifier: [1]), nonce: nonce)
            let (welcome, bundle) = try scene.welcome(naming: [identifier, identifier])
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("12.4.3.1", "a Welcome with two PSKs for branching", .resumptionPreSharedKeyNotAlone) { scene in
            let identifiers = [UInt8(1), 2].map { number in
                PreSharedKeyID(
                    source: .resumption(.branch, groupID: [number], epoch: 1),
                    nonce: [UInt8](repeating: number, count: 32)
                )
            }
            let (welcome, bundle) = try scene.welcome(naming: identifiers)
            _ = try NativeGroup(welcome, bundle, rules: scene.rules)
        },
        MustRefuse("6.3", "a private message of another group", .wrongGroup) { scene in
            guard case .privateMessage(var message) = try scene.encrypt(by: 0, [1]) else { return }
            message.groupID = [9]
            try scene.deliver(.privateMessage(message))
        },
        MustRefuse("6.3", "a private message of the next epoch", .wrongEpoch) { scene in
            guard case .privateMessage(var message) = try scene.encrypt(by: 0, [1]) else { return }
            message.epoch += 1
            try scene.deliver(.privateMessage(message))
        },
        MustRefuse("12.1", "a proposal verified before the epoch changed", .wrongEpoch) { scene in
            let message = try scene.proposal(by: 0, .remove(LeafIndex(2)))
            let verified = try scene.members[1].open(MessageIn(message)).verified()
            scene.members[0].discardProposals()
            try scene.commit(by: 2)
            _ = try scene.members[1].process(verified, rules: scene.rules)
        },
        MustRefuse("12.4.2", "a commit verified before the epoch changed", .wrongEpoch) { scene in
            let made = try scene.make(by: 0)
            let verified = try scene.members[1].open(MessageIn(made.commit)).verified()
            try scene.commit(by: 2)
            _ = try scene.members[1].process(verified, rules: scene.rules)
        },
        MustRefuse("11.2", "reinitialising to a version that isn't known", .unsupportedVersion) { scene in
            let reInit = ReInit(
                groupID: [2],
                version: ProtocolVersion(rawValue: 2),
                cipherSuite: .x25519AES128GCM
            )
            try scene.commit(CommitOptions(proposals: [.reInit(reInit)]))
            _ = try scene.members[0].reinitialized(
                member: try scene.members[0].description(or: nil),
                lifetime: Scene.lifetime,
                keyPackages: [],
                rules: scene.rules,
                using: &scene.randomness
            )
        },
        MustRefuse("12.4.2", "sending data after our removal", .removed) { scene in
            try scene.commit(CommitOptions(proposals: [.remove(LeafIndex(1))]))
            _ = try scene.encrypt(by: 1, [1])
        },
        MustRefuse("10", "private keys of another key package", .invalidSignatureKey) { scene in
            let bundle = try scene.bundle("newcomer")
            _ = try KeyPackageBundle(
                scene.suite,
                keyPackage: bundle.keyPackage,
                initPrivateKey: bundle.initKeyPair.privateKey,
                encryptionPrivateKey: bundle.encryptionKeyPair.privateKey,
                signaturePrivateKey: scene.members[0].signatureKey.privateKey
            )
        },
        MustRefuse("12.1", "more proposals than we keep", .tooManyProposals) { scene in
            scene.members[1].shared.limits.proposals = 1
            try scene.deliver(try scene.proposal(by: 0, .remove(LeafIndex(2))))
            try scene.deliver(try scene.update(by: 2))
        },
        MustRefuse("SelfRemove", "one SelfRemove named twice", .selfRemoveTwice) { scene in
            let reference = try scene.propose(by: 2, .selfRemove)
            try scene.deliver(try scene.forgedCommit(references: [reference, reference]))
        },
        MustRefuse("12.4.2", "a commit of more proposals than we follow", .tooManyProposals) { scene in
            scene.members[1].shared.limits.proposals = 1
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(2)), .remove(LeafIndex(2))]))
        },
        MustRefuse("12.2", "one client under two keys", .clientAddedTwice) { scene in
            scene.rules.comparesCredentials = true
            let first = try scene.bundle("twin").keyPackage
            let second = try scene.bundle("twin").keyPackage
            try scene.deliver(try scene.forgedCommit([.add(first), .add(second)]))
        },
        MustRefuse("12.2", "a member under another key", .clientAlreadyMember) { scene in
            scene.rules.comparesCredentials = true
            let again = try scene.bundle("member 2").keyPackage
            try scene.deliver(try scene.forgedCommit([.add(again)]))
        },
        MustRefuse("12.4.2", "a proposal after a ReInit", .reinitialized) { scene in
            let reInit = ReInit(groupID: [2], cipherSuite: .x25519AES128GCM)
            try scene.commit(CommitOptions(proposals: [.reInit(reInit)]))
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2)))))
        },
        MustRefuse("12.4.2", "a commit verified before the service's epoch changed", .wrongEpoch) { scene in
            var service = scene.members[1].shared
            let made = try scene.make(by: 0)
            let verified = try service.open(MessageIn(made.commit)).verified()
            guard case .commit(let staged) = try service.process(verified, rules: scene.rules) else { return }
            try service.adopt(staged)
            _ = try service.process(verified, rules: scene.rules)
        },
        MustRefuse("14", "one commit adopted twice by the service", .nothingStaged) { scene in
            var service = scene.members[1].shared
            let made = try scene.make(by: 0)
            let verified = try service.open(MessageIn(made.commit)).verified()
            guard case .commit(let staged) = try service.process(verified, rules: scene.rules) else { return }
            try service.adopt(staged)
            try service.adopt(staged)
        },
        MustRefuse("snapshot", "bytes after a member's snapshot", .snapshotInvalid) { scene in
            let bytes = scene.members[1].snapshot().withBytes { Array($0) }
            _ = try NativeGroup(restoring: Secret(bytes + [0]))
        },
        MustRefuse("snapshot", "bytes after a service's snapshot", .snapshotInvalid) { scene in
            _ = try PublicGroup<NativeCrypto>(restoring: scene.members[1].shared.snapshot() + [0])
        },
        MustRefuse("12.4.3.1", "a branch that isn't in its first epoch", .firstEpochExpected) { scene in
            let bundle = try scene.bundle("newcomer")
            let identifier = PreSharedKeyID(
                source: .resumption(.branch, groupID: Scene.groupID, epoch: 1),
                nonce: [UInt8](repeating: 1, count: 32)
            )
            let made = try scene.members[0].commit(
                CommitOptions(proposals: [.preSharedKey(identifier), .add(bundle.keyPackage)]),
                purpose: .branch,
                rules: scene.rules,
                preSharedKeys: .none,
                using: &scene.randomness
            )
            guard case .welcome(let welcome)? = made.welcome else { return }
            _ = try NativeGroup(welcome, bundle, origin: .group(scene.members[1]), rules: scene.rules)
        },
    ]
}
