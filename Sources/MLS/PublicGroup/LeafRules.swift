// SPDX-License-Identifier: Apache-2.0

import Base

/// Whether leaves are valid in a group (RFC 9420 §7.3).
struct LeafRules<Crypto: CryptoProvider, Rules: GroupRules>: Sendable {
    let suite: CryptoSuite<Crypto>
    let groupID: [UInt8]
    /// Those of the group context that the leaf will live under.
    let extensions: Extensions
    let rules: Rules

    /// One leaf by itself.
    func verify(_ node: LeafNode, at leaf: LeafIndex, as role: LeafRole) throws(MLSRefusal) {
        try verifySource(node, role)
        // RFC 9420 §7.3: signed with its own signature key, and for its group and place.
        guard node.hasValidSignature(suite, groupID: groupID, leaf: leaf) else { throw .invalidLeafSignature }
        guard suite.isValidPublicKey(node.encryptionKey) else { throw .invalidEncryptionKey }
        try verifyCapabilities(node)
        try verifyCredential(node, role)
    }

    private func verifySource(_ node: LeafNode, _ role: LeafRole) throws(MLSRefusal) {
        switch (role, node.source) {
        case (.keyPackage, .keyPackage(let lifetime)):
            try verify(lifetime)
        case (.present, .keyPackage(let lifetime)):
            try verify(lifetime)
        case (.update(let old), .update):
            // RFC 9420 §7.3: an update brings a new key.
            guard node.encryptionKey != old.encryptionKey else { throw .encryptionKeyUnchanged }
        case (.commit(let old), .commit):
            // RFC 9420 §12.4.2: so does a commit.
            guard node.encryptionKey != old?.encryptionKey else { throw .encryptionKeyUnchanged }
        case (.present, _):
            break
        default:
            // RFC 9420 §7.3: the source has to be that of the place where the leaf appears.
            throw .wrongLeafSource
        }
    }

    /// RFC 9420 §7.2: applications MUST have a longest lifetime; §7.3: now lies within.
    private func verify(_ lifetime: Lifetime) throws(MLSRefusal) {
        guard lifetime.total <= rules.longestLifetime else { throw .lifetimeTooLong }
        if let now = rules.now, !lifetime.contains(now) { throw .lifetimeNotCurrent }
    }

    private func verifyCapabilities(_ node: LeafNode) throws(MLSRefusal) {
        let capabilities = node.capabilities
        // RFC 9420 §7.2: everything that a client supports is listed, its group's version and suite included.
        guard capabilities.versions.contains(.mls10) else { throw .versionNotListed }
        guard capabilities.cipherSuites.contains(suite.identifier) else { throw .cipherSuiteNotListed }
        // RFC 9420 §7.2: the credential's type and the extensions' types MUST be listed.
        guard capabilities.supports(node.credential.type) else { throw .credentialNotListed }
        for entry in node.extensions.all where !capabilities.supports(entry.type) { throw .extensionNotListed }
        // RFC 9420 §7.2: default types MUST NOT be listed.
        for type in capabilities.extensions where type.isDefault { throw .defaultTypeListed }
        for type in capabilities.proposals where type.isDefault { throw .defaultTypeListed }
        // RFC 9420 §7.3, §11.1.
        if let required = try extensions.decoded(.requiredCapabilities, as: RequiredCapabilities.self) {
            guard capabilities.meet(required) else { throw .requiredCapabilityMissing }
        }
        // RFC 9420 §13.4: every extension of the group context is supported by every member.
        for entry in extensions.all where !capabilities.supports(entry.type) { throw .groupExtensionNotSupported }
    }

    /// RFC 9420 §5.3.1.
    private func verifyCredential(_ node: LeafNode, _ role: LeafRole) throws(MLSRefusal) {
        let use: CredentialUse
        var old: LeafNode?
        switch role {
        case .keyPackage: use = .added
        case .present: use = .present
        case .update(let leaf): (use, old) = (.updated, leaf)
        case .commit(let leaf): (use, old) = (leaf == nil ? .joined : .updated, leaf)
        }
        guard rules.accepts(node, use) else { throw .credentialRefused }
        if let old, !rules.accepts(node, inPlaceOf: old) { throw .successionRefused }
    }

    /// A key package by itself (RFC 9420 §10.1).
    func verify(_ keyPackage: KeyPackage) throws(MLSRefusal) {
        guard keyPackage.version == .mls10 else { throw .keyPackageForOtherVersion }
        guard keyPackage.cipherSuite == suite.identifier else { throw .keyPackageForOtherSuite }
        guard keyPackage.hasValidSignature(suite) else { throw .keyPackageSignatureInvalid }
        guard keyPackage.initKey != keyPackage.leafNode.encryptionKey else { throw .initKeyIsEncryptionKey }
        guard suite.isValidPublicKey(keyPackage.initKey) else { throw .invalidEncryptionKey }
        // The leaf of a key package is signed without its place.
        try verify(keyPackage.leafNode, at: LeafIndex(0), as: .keyPackage)
    }

    /// What the members have to have in common (RFC 9420 §7.3).
    func verifyTogether(_ tree: RatchetTree) throws(MLSRefusal) {
        let members = tree.members
        // Few: one or two kinds are what groups have.
        var types: [CredentialType] = []
        for member in members where !types.contains(member.node.credential.type) {
            types.append(member.node.credential.type)
        }
        for member in members {
            for type in types where !member.node.capabilities.supports(type) {
                throw .credentialNotSupportedByAll
            }
        }
    }

    /// RFC 9420 §12.1.7: new extensions have to suit everybody who is there afterwards.
    func verifyExtensions(_ tree: RatchetTree) throws(MLSRefusal) {
        let required = try extensions.decoded(.requiredCapabilities, as: RequiredCapabilities.self)
        for member in tree.members {
            let capabilities = member.node.capabilities
            if let required, !capabilities.meet(required) { throw .requiredCapabilitiesNotMet }
            for entry in extensions.all where !capabilities.supports(entry.type) {
                throw .groupExtensionNotSupportedByAll
            }
        }
        // RFC 9420 §5.3.1: external senders' credentials are validated when they are listed.
        if let senders = try extensions.decoded(.externalSenders, as: ExternalSenders.self) {
            for sender in senders.senders where !rules.accepts(sender) { throw .externalSendersInvalid }
        }
    }
}
