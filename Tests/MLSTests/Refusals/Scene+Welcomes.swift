// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension Scene {
    /// The encoded tree with more bytes at the end of its vector.
    func treeBytes(appending more: [UInt8]) throws -> [UInt8] {
        var reader = ByteReader(members[0].tree.encoded)
        var writer = ByteWriter()
        writer.writeOpaque(try reader.readOpaque() + more)
        return writer.bytes
    }

    /// A Welcome for one newcomer, its group info changed, signed and encrypted again.
    mutating func welcome(
        preSharedKey: Bool = false,
        naming identifiers: [PreSharedKeyID]? = nil,
        _ change: (inout GroupInfo) throws -> Void = { _ in }
    ) throws -> (Welcome, KeyPackageBundle) {
        let bundle = try bundle("newcomer")
        var keys = PreSharedKeys()
        keys.set(external: [1], Secret([1]))
        var options = CommitOptions(proposals: [.add(bundle.keyPackage)])
        if preSharedKey {
            let identifier = PreSharedKeyID(
                source: .external(identifier: [1]),
                nonce: [UInt8](repeating: 1, count: 32)
            )
            options.proposals.append(.preSharedKey(identifier))
        }
        let made = try members[0].commit(options, rules: rules, preSharedKeys: keys, using: &randomness)
        guard case .welcome(var welcome)? = made.welcome else { throw MLSRefusal.noSecretsForUs }
        if preSharedKey { return (welcome, bundle) }
        var secrets = try welcome.groupSecrets(suite, for: bundle.keyPackage, initKeyPair: bundle.initKeyPair)
        if let identifiers { secrets.preSharedKeys = identifiers }
        let zeros = Secret.zeros(suite.secretLength)
        var info = try welcome.groupInfo(suite, joinerSecret: secrets.joinerSecret, pskSecret: zeros)
        try change(&info)
        try info.sign(suite, privateKey: members[0].signatureKey.privateKey)
        let schedule = KeySchedule(suite)
        let key = try schedule.welcomeKey(
            try schedule.welcomeSecret(joinerSecret: secrets.joinerSecret, pskSecret: zeros)
        )
        welcome.encryptedGroupInfo = try suite.seal(
            key: key.key,
            nonce: key.nonce(guardedBy: 0),
            plaintext: info.encoded,
            additionalData: []
        )
        welcome.secrets[0].encryptedGroupSecrets = try suite.encryptWithLabel(
            to: bundle.keyPackage.initKey,
            .welcome,
            context: welcome.encryptedGroupInfo,
            plaintext: secrets.encoded,
            using: &randomness
        )
        return (welcome, bundle)
    }

    /// A Welcome to a branch of member 0 and member 1, with somebody else besides.
    mutating func branch(with stranger: String? = nil) throws -> (Welcome, KeyPackageBundle) {
        let own = try bundle(try members[1].description(or: nil))
        var keyPackages = [own.keyPackage]
        if let stranger { keyPackages.append(try bundle(stranger).keyPackage) }
        let (_, made) = try members[0].branched(
            groupID: Array("branch".utf8),
            member: try members[0].description(or: nil),
            lifetime: Scene.lifetime,
            keyPackages: keyPackages,
            rules: rules,
            using: &randomness
        )
        guard case .welcome(let welcome)? = made.welcome else { throw MLSRefusal.noSecretsForUs }
        return (welcome, own)
    }

    /// Everybody reinitialises; the Welcome of the new group.
    mutating func reinitialize(leavingOut count: Int = 0) throws -> (Welcome, KeyPackageBundle) {
        let reInit = ReInit(groupID: Array("again".utf8), cipherSuite: suite.identifier)
        try commit(CommitOptions(proposals: [.reInit(reInit)]))
        var bundles: [KeyPackageBundle] = []
        for member in members.dropFirst().dropLast(count) {
            bundles.append(try bundle(try member.description(or: nil)))
        }
        let (_, made) = try members[0].reinitialized(
            member: try members[0].description(or: nil),
            lifetime: Scene.lifetime,
            keyPackages: bundles.map { $0.keyPackage },
            rules: rules,
            using: &randomness
        )
        guard case .welcome(let welcome)? = made.welcome else { throw MLSRefusal.noSecretsForUs }
        return (welcome, bundles[0])
    }
}
