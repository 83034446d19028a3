// SPDX-License-Identifier: Apache-2.0

public import Base

/// One new key, and its path secret for everyone below the other child (RFC 9420 §7.6).
public struct UpdatePathNode: Hashable, Sendable, WireCodable {
    public var encryptionKey: [UInt8]
    public var encryptedPathSecret: [HPKECiphertext]

    public init(encryptionKey: [UInt8], encryptedPathSecret: [HPKECiphertext]) {
        self.encryptionKey = encryptionKey
        self.encryptedPathSecret = encryptedPathSecret
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        encryptionKey = try reader.readOpaque()
        encryptedPathSecret = try reader.readVector(of: HPKECiphertext.self)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(encryptionKey)
        writer.writeVector(encryptedPathSecret)
    }
}
