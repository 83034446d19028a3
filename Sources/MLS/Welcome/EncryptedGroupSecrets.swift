// SPDX-License-Identifier: Apache-2.0

public import Base

/// ``GroupSecrets`` for the holder of one key package (RFC 9420 §12.4.3.1).
public struct EncryptedGroupSecrets: Hashable, Sendable, WireCodable {
    /// `KeyPackageRef`.
    public var newMember: [UInt8]
    public var encryptedGroupSecrets: HPKECiphertext

    init(newMember: [UInt8], encryptedGroupSecrets: HPKECiphertext) {
        self.newMember = newMember
        self.encryptedGroupSecrets = encryptedGroupSecrets
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        newMember = try reader.readOpaque()
        encryptedGroupSecrets = try HPKECiphertext(reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(newMember)
        encryptedGroupSecrets.write(into: &writer)
    }
}
