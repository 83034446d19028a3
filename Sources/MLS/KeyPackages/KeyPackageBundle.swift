// SPDX-License-Identifier: Apache-2.0

public import Base

/// A key package with the private keys that belong to it. They are deleted once a Welcome has been used.
public struct KeyPackageBundle: Sendable {
    public let keyPackage: KeyPackage
    let initKeyPair: HPKEKeyPair
    let encryptionKeyPair: HPKEKeyPair
    let signatureKey: SignatureKeyPair

    /// Made elsewhere: refuses private keys that aren't those of the key package.
    public init<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        keyPackage: KeyPackage,
        initPrivateKey: Secret,
        encryptionPrivateKey: Secret,
        signaturePrivateKey: Secret
    ) throws(MLSRefusal) {
        self.keyPackage = keyPackage
        initKeyPair = try suite.keyPair(privateKey: initPrivateKey)
        encryptionKeyPair = try suite.keyPair(privateKey: encryptionPrivateKey)
        signatureKey = try suite.signatureKeyPair(privateKey: signaturePrivateKey)
        guard initKeyPair.publicKey == keyPackage.initKey,
            encryptionKeyPair.publicKey == keyPackage.leafNode.encryptionKey
        else { throw .invalidEncryptionKey }
        guard signatureKey.publicKey == keyPackage.leafNode.signatureKey else { throw .invalidSignatureKey }
    }

    /// A fresh key package (RFC 9420 §10).
    public init<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ member: MemberDescription,
        lifetime: Lifetime,
        extensions: Extensions = .none,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) {
        initKeyPair = try suite.generateKeyPair(using: &randomness)
        encryptionKeyPair = try suite.generateKeyPair(using: &randomness)
        signatureKey = member.signatureKey
        var leaf = member.leafNode(source: .keyPackage(lifetime))
        leaf.encryptionKey = encryptionKeyPair.publicKey
        try leaf.sign(suite, privateKey: signatureKey.privateKey, groupID: [], leaf: LeafIndex(0))
        var keyPackage = KeyPackage(
            cipherSuite: suite.identifier,
            initKey: initKeyPair.publicKey,
            leafNode: leaf,
            extensions: extensions
        )
        try keyPackage.sign(suite, privateKey: signatureKey.privateKey)
        self.keyPackage = keyPackage
    }

    /// What its leaf says, to found a group with it or to come in from outside.
    public var member: MemberDescription {
        MemberDescription(
            signatureKey: signatureKey,
            credential: keyPackage.leafNode.credential,
            capabilities: keyPackage.leafNode.capabilities,
            extensions: keyPackage.leafNode.extensions
        )
    }

    /// That of its leaf.
    public var lifetime: Lifetime {
        if case .keyPackage(let lifetime) = keyPackage.leafNode.source { return lifetime }
        return Lifetime(notBefore: 0, notAfter: 0)
    }
}

extension KeyPackageBundle {
    /// What was encrypted to the init key under an application's own label (RFC 9420 §5.1.3).
    package func open<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ label: EncryptionLabel,
        context: [UInt8],
        _ ciphertext: HPKECiphertext
    ) throws(MLSRefusal) -> [UInt8] {
        try suite.decryptWithLabel(initKeyPair, label, context: context, ciphertext)
    }
}
