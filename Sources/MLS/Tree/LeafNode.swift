// SPDX-License-Identifier: Apache-2.0

public import Base

/// A member's appearance in the tree, signed by the member (RFC 9420 §7.2).
public struct LeafNode: Hashable, Sendable, WireCodable {
    public var encryptionKey: [UInt8]
    public var signatureKey: [UInt8]
    public var credential: Credential
    public var capabilities: Capabilities
    public var source: LeafNodeSource
    public var extensions: Extensions
    public var signature: [UInt8]

    package init(
        encryptionKey: [UInt8],
        signatureKey: [UInt8],
        credential: Credential,
        capabilities: Capabilities,
        source: LeafNodeSource,
        extensions: Extensions
    ) {
        self.encryptionKey = encryptionKey
        self.signatureKey = signatureKey
        self.credential = credential
        self.capabilities = capabilities
        self.source = source
        self.extensions = extensions
        signature = []
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        encryptionKey = try reader.readOpaque()
        signatureKey = try reader.readOpaque()
        credential = try Credential(reading: &reader)
        capabilities = try Capabilities(reading: &reader)
        source = try LeafNodeSource(reading: &reader)
        extensions = try Extensions(reading: &reader)
        signature = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writeUnsigned(into: &writer)
        writer.writeOpaque(signature)
    }

    private func writeUnsigned(into writer: inout ByteWriter) {
        writer.writeOpaque(encryptionKey)
        writer.writeOpaque(signatureKey)
        credential.write(into: &writer)
        capabilities.write(into: &writer)
        source.write(into: &writer)
        extensions.write(into: &writer)
    }

    /// `LeafNodeTBS`: a leaf from a key package doesn't know its group yet, every other one is bound to group and place.
    package func toBeSigned(groupID: [UInt8], leaf: LeafIndex) -> [UInt8] {
        var writer = ByteWriter(reserving: 512)
        writeUnsigned(into: &writer)
        switch source {
        case .keyPackage:
            break
        case .update, .commit:
            writer.writeOpaque(groupID)
            writer.write(leaf.value)
        }
        return writer.bytes
    }

    package mutating func sign<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        privateKey: Secret,
        groupID: [UInt8],
        leaf: LeafIndex
    ) throws(MLSRefusal) {
        signature = try suite.signWithLabel(
            privateKey: privateKey,
            .leafNode,
            toBeSigned(groupID: groupID, leaf: leaf)
        )
    }

    package func hasValidSignature<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        groupID: [UInt8],
        leaf: LeafIndex
    ) -> Bool {
        suite.verifyWithLabel(
            publicKey: signatureKey,
            .leafNode,
            toBeSigned(groupID: groupID, leaf: leaf),
            signature: signature
        )
    }

    /// The parent hash, if the leaf came with a commit.
    var parentHash: [UInt8]? {
        if case .commit(let parentHash) = source { return parentHash }
        return nil
    }
}
