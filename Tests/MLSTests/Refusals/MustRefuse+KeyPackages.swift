// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    /// RFC 9420 §7.2, §7.3, §10.1: key packages and their leaves, in an Add.
    static let keyPackages: [MustRefuse] = [
        MustRefuse("10.1", "a changed key package", .keyPackageSignatureInvalid) { scene in
            var keyPackage = try scene.bundle("newcomer").keyPackage
            keyPackage.signature[0] ^= 1
            try scene.deliver(try scene.forgedCommit([.add(keyPackage)]))
        },
        MustRefuse("10.1", "a proposed Add of a changed key package", .keyPackageSignatureInvalid) { scene in
            var keyPackage = try scene.bundle("newcomer").keyPackage
            keyPackage.signature[0] ^= 1
            try scene.deliver(try scene.forged(.proposal(.add(keyPackage))))
        },
        MustRefuse("10.1", "a key package for another suite", .keyPackageForOtherSuite) { scene in
            try scene.deliver(try scene.forgedAdd(package: { $0.cipherSuite = .x25519ChaCha20Poly1305 }))
        },
        MustRefuse("10.1", "a key package for another version", .keyPackageForOtherVersion) { scene in
            try scene.deliver(try scene.forgedAdd(package: { $0.version = ProtocolVersion(rawValue: 2) }))
        },
        MustRefuse("10.1", "an init key that is the encryption key", .initKeyIsEncryptionKey) { scene in
            var bundle = try scene.bundle("newcomer").keyPackage
            let key = try scene.suite.generateSignatureKey(using: &scene.randomness)
            bundle.initKey = bundle.leafNode.encryptionKey
            bundle.leafNode.signatureKey = key.publicKey
            try bundle.leafNode.sign(scene.suite, privateKey: key.privateKey, groupID: [], leaf: LeafIndex(0))
            try bundle.sign(scene.suite, privateKey: key.privateKey)
            try scene.deliver(try scene.forgedCommit([.add(bundle)]))
        },
        MustRefuse("10.1", "an init key that is no key", .invalidEncryptionKey) { scene in
            var bundle = try scene.bundle("newcomer").keyPackage
            let key = try scene.suite.generateSignatureKey(using: &scene.randomness)
            bundle.initKey = [1, 2, 3]
            bundle.leafNode.signatureKey = key.publicKey
            try bundle.leafNode.sign(scene.suite, privateKey: key.privateKey, groupID: [], leaf: LeafIndex(0))
            try bundle.sign(scene.suite, privateKey: key.privateKey)
            try scene.deliver(try scene.forgedCommit([.add(bundle)]))
        },
        MustRefuse("7.3", "a leaf in a key package that says update", .wrongLeafSource) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.source = .update }))
        },
        MustRefuse("7.3", "a leaf in a key package that says commit", .wrongLeafSource) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.source = .commit(parentHash: []) }))
        },
        MustRefuse("7.3", "a leaf that was changed after signing", .invalidLeafSignature) { scene in
            try scene.deliver(
                try scene.forgedAdd(package: { $0.leafNode.credential = .basic(identity: [9]) })
            )
        },
        MustRefuse("7.2", "a credential whose type isn't listed", .credentialNotListed) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.capabilities.credentials = [.x509] }))
        },
        MustRefuse("7.2", "a leaf extension that isn't listed", .extensionNotListed) { scene in
            let entry = Extension(type: ExtensionType(rawValue: 0xF001), data: [])
            try scene.deliver(try scene.forgedAdd(leaf: { $0.extensions = $0.extensions.with(entry) }))
        },
        MustRefuse("7.2", "a default extension among the capabilities", .defaultTypeListed) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.capabilities.extensions = [.externalPub] }))
        },
        MustRefuse("7.2", "a default proposal among the capabilities", .defaultTypeListed) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.capabilities.proposals = [.add] }))
        },
        MustRefuse("7.2", "a version that isn't listed", .versionNotListed) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.capabilities.versions = [] }))
        },
        MustRefuse("7.2", "a suite that isn't listed", .cipherSuiteNotListed) { scene in
            try scene.deliver(try scene.forgedAdd(leaf: { $0.capabilities.cipherSuites = [.p256AES128GCM] }))
        },
        MustRefuse("7.3", "a leaf without the required capabilities", .requiredCapabilityMissing) { scene in
            let required = RequiredCapabilities(proposals: [.selfRemove])
            scene = try Scene(3, extensions: try Extensions([required.asExtension]))
            try scene.deliver(try scene.forgedAdd(leaf: { $0.capabilities.proposals = [] }))
        },
        MustRefuse("12.3", "required capabilities that come with the same commit", .requiredCapabilityMissing) {
            scene in
            let required = RequiredCapabilities(proposals: [.selfRemove])
            let bundle = try scene.altered(try scene.bundle("newcomer"), leaf: { $0.capabilities.proposals = [] })
            let extensions = try Extensions([required.asExtension])
            try scene.deliver(
                try scene.forgedCommit([.add(bundle.keyPackage), .groupContextExtensions(extensions)])
            )
        },
        MustRefuse("13.4", "a leaf that doesn't know the group's extension", .groupExtensionNotSupported) { scene in
            let type = ExtensionType(rawValue: 0xF001)
            scene = try Scene(3, extensions: try Extensions([Extension(type: type, data: [])])) { _, capabilities in
                capabilities.extensions = [type]
            }
            try scene.deliver(try scene.forgedAdd())
        },
        MustRefuse("7.3", "a lifetime that is over", .lifetimeNotCurrent) { scene in
            let message = try scene.forgedAdd()
            scene.rules.now = 2_001
            try scene.deliver(message)
        },
        MustRefuse("7.3", "a lifetime that hasn't begun", .lifetimeNotCurrent) { scene in
            let message = try scene.forgedAdd()
            scene.rules.now = 999
            try scene.deliver(message)
        },
        MustRefuse("7.2", "a lifetime that is too long", .lifetimeTooLong) { scene in
            try scene.deliver(
                try scene.forgedAdd(leaf: { $0.source = .keyPackage(Lifetime(notBefore: 0, notAfter: .max)) })
            )
        },
        MustRefuse("5.3.1", "a credential that isn't believed", .credentialRefused) { scene in
            scene.rules.refusedIdentity = Array("newcomer".utf8)
            try scene.deliver(try scene.forgedAdd())
        },
        MustRefuse("7.3", "a credential type that not all members know", .credentialNotSupportedByAll) { scene in
            let message = try scene.altered(CommitOptions(proposals: [.add(try scene.x509KeyPackage())])) { _, _ in }
            try scene.deliver(message)
        },
        MustRefuse("7.3", "an encryption key that a member has", .encryptionKeyNotUnique) { scene in
            guard let taken = scene.members[2].leafNode?.encryptionKey else { return }
            var keyPackage = try scene.bundle("newcomer").keyPackage
            let key = try scene.suite.generateSignatureKey(using: &scene.randomness)
            keyPackage.leafNode.encryptionKey = taken
            keyPackage.leafNode.signatureKey = key.publicKey
            try keyPackage.leafNode.sign(scene.suite, privateKey: key.privateKey, groupID: [], leaf: LeafIndex(0))
            try keyPackage.sign(scene.suite, privateKey: key.privateKey)
            try scene.deliver(try scene.forgedCommit([.add(keyPackage)]))
        },
        MustRefuse("7.3", "an update that keeps its key", .encryptionKeyUnchanged) { scene in
            try scene.deliver(try scene.forgedUpdate { _ in })
        },
        MustRefuse("7.3", "an update that says commit", .wrongLeafSource) { scene in
            try scene.deliver(try scene.forgedUpdate { $0.source = .commit(parentHash: []) })
        },
        MustRefuse("7.3", "an update that says key package", .wrongLeafSource) { scene in
            try scene.deliver(try scene.forgedUpdate { $0.source = .keyPackage(Scene.lifetime) })
        },
        MustRefuse("7.3", "an update with a key that is none", .invalidEncryptionKey) { scene in
            try scene.deliver(try scene.forgedUpdate { $0.encryptionKey = [1] })
        },
        MustRefuse("7.3", "an update signed for another place", .invalidLeafSignature) { scene in
            let key = try scene.suite.generateKeyPair(using: &scene.randomness).publicKey
            try scene.deliver(try scene.forgedUpdate(signedFor: LeafIndex(2)) { $0.encryptionKey = key })
        },
        MustRefuse("5.3.1", "an update that isn't a successor", .successionRefused) { scene in
            scene.rules.acceptsSuccession = false
            let key = try scene.suite.generateKeyPair(using: &scene.randomness).publicKey
            try scene.deliver(try scene.forgedUpdate { $0.encryptionKey = key })
        },
    ]
}

extension Scene {
    /// A client with a certificate, which nobody else knows how to read.
    mutating func x509KeyPackage() throws -> KeyPackage {
        var description = try describe("certified")
        description.credential = .x509(certificates: [[1, 2, 3]])
        description.capabilities.credentials = [.basic, .x509]
        return try bundle(description).keyPackage
    }

    /// An update proposal of member 0, its leaf changed and signed.
    func forgedUpdate(signedFor leaf: LeafIndex? = nil, _ change: (inout LeafNode) -> Void) throws -> MLSMessage {
        guard var node = members[0].leafNode else { return try forgedCommit([]) }
        node.source = .update
        change(&node)
        try node.sign(
            suite,
            privateKey: members[0].signatureKey.privateKey,
            groupID: Scene.groupID,
            leaf: leaf ?? members[0].leaf
        )
        return try forged(.proposal(.update(node)))
    }
}
