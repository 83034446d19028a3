// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a client publishes so that it can be added while away (RFC 9420 §10).
public struct KeyPackage: Hashable, Sendable, WireCodable {
    public var version: ProtocolVersion
    public var cipherSuite: CipherSuite
    public var initKey: [UInt8]
    public var leafNode: LeafNode
    public var extensions: Extensions
    public var signature: [UInt8]

    package init(
        version: ProtocolVersion = .mls10,
        cipherSuite: CipherSuite,
        initKey: [UInt8],
        leafNode: LeafNode,
        extensions: Extensions
    ) {
        self.version = version
        self.cipherSuite = cipherSuite
        self.initKey = initKey
        self.leafNode = leafNode
        self.extensions = extensions
        signature = []
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        version = try ProtocolVersion(reading: &reader)
        cipherSuite = try CipherSuite(reading: &reader)
        initKey = try reader.readOpaque()
        leafNode = try LeafNode(reading: &reader)
        extensions = try Extensions(reading: &reader)
        signature = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writeUnsigned(into: &writer)
        writer.writeOpaque(signature)
    }

    private func writeUnsigned(into writer: inout ByteWriter) {
        version.write(into: &writer)
        cipherSuite.write(into: &writer)
        writer.writeOpaque(initKey)
        leafNode.write(into: &writer)
        extensions.write(into: &writer)
    }

    private var toBeSigned: [UInt8] {
        var writer = ByteWriter(reserving: 512)
        writeUnsigned(into: &writer)
        return writer.bytes
    }

    package mutating func sign<Crypto>(_ suite: CryptoSuite<Crypto>, privateKey: Secret) throws(MLSRefusal) {
        signature = try suite.signWithLabel(privateKey: privateKey, .keyPackage, toBeSigned)
    }

    package func hasValidSignature<Crypto>(_ suite: CryptoSuite<Crypto>) -> Bool {
        suite.verifyWithLabel(
            publicKey: leafNode.signatureKey,
            .keyPackage,
            toBeSigned,
            signature: signature
        )
    }

    /// `KeyPackageRef` (RFC 9420 §5.2).
    public func reference<Crypto>(_ suite: CryptoSuite<Crypto>) -> [UInt8] {
        suite.refHash("MLS 1.0 KeyPackage Reference", encoded)
    }

    /// Whether it is fit to be added, as far as that doesn't depend on who is there (RFC 9420 §10.1).
    ///
    /// - Parameter extensions: of the group that it shall be added to, if that is known.
    public func verify<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        under extensions: Extensions = .none,
        rules: some GroupRules
    ) throws(MLSRefusal) {
        try LeafRules(suite: suite, groupID: [], extensions: extensions, rules: rules).verify(self)
    }
}
