// SPDX-License-Identifier: Apache-2.0

public import Base

/// Somebody outside who may propose (RFC 9420 §12.1.8.1).
public struct ExternalSender: Hashable, Sendable, WireCodable {
    public var signatureKey: [UInt8]
    public var credential: Credential

    public init(signatureKey: [UInt8], credential: Credential) {
        self.signatureKey = signatureKey
        self.credential = credential
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        signatureKey = try reader.readOpaque()
        credential = try Credential(reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(signatureKey)
        credential.write(into: &writer)
    }
}
