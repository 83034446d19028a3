// SPDX-License-Identifier: Apache-2.0

public import Base

/// What brings new members into a group (RFC 9420 §12.4.3.1).
public struct Welcome: Hashable, Sendable, WireCodable {
    public var cipherSuite: CipherSuite
    public var secrets: [EncryptedGroupSecrets]
    public var encryptedGroupInfo: [UInt8]

    init(cipherSuite: CipherSuite, secrets: [EncryptedGroupSecrets], encryptedGroupInfo: [UInt8]) {
        self.cipherSuite = cipherSuite
        self.secrets = secrets
        self.encryptedGroupInfo = encryptedGroupInfo
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        cipherSuite = try CipherSuite(reading: &reader)
        secrets = try reader.readVector(of: EncryptedGroupSecrets.self)
        encryptedGroupInfo = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        cipherSuite.write(into: &writer)
        writer.writeVector(secrets)
        writer.writeOpaque(encryptedGroupInfo)
    }
}
