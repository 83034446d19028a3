// SPDX-License-Identifier: Apache-2.0

public import Base

/// The state of a group for somebody who comes (RFC 9420 §12.4.3).
public struct GroupInfo: Hashable, Sendable, WireCodable {
    public var context: GroupContext
    public var extensions: Extensions
    public var confirmationTag: [UInt8]
    public var signer: LeafIndex
    public var signature: [UInt8]

    package init(context: GroupContext, extensions: Extensions, confirmationTag: [UInt8], signer: LeafIndex) {
        self.context = context
        self.extensions = extensions
        self.confirmationTag = confirmationTag
        self.signer = signer
        signature = []
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        context = try GroupContext(reading: &reader)
        extensions = try Extensions(reading: &reader)
        confirmationTag = try reader.readOpaque()
        signer = LeafIndex(try UInt32(reading: &reader))
        signature = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writeUnsigned(into: &writer)
        writer.writeOpaque(signature)
    }

    private func writeUnsigned(into writer: inout ByteWriter) {
        context.write(into: &writer)
        extensions.write(into: &writer)
        writer.writeOpaque(confirmationTag)
        writer.write(signer.value)
    }

    private var toBeSigned: [UInt8] {
        var writer = ByteWriter(reserving: 1024)
        writeUnsigned(into: &writer)
        return writer.bytes
    }

    package mutating func sign<Crypto>(_ suite: CryptoSuite<Crypto>, privateKey: Secret) throws(MLSRefusal) {
        signature = try suite.signWithLabel(privateKey: privateKey, .groupInfo, toBeSigned)
    }

    package func hasValidSignature<Crypto>(_ suite: CryptoSuite<Crypto>, publicKey: [UInt8]) -> Bool {
        suite.verifyWithLabel(publicKey: publicKey, .groupInfo, toBeSigned, signature: signature)
    }
}
