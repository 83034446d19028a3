// SPDX-License-Identifier: Apache-2.0

public import Base

/// A message that is signed and encrypted (RFC 9420 §6.3).
public struct PrivateMessage: Hashable, Sendable, WireCodable {
    public var groupID: [UInt8]
    public var epoch: UInt64
    public var contentType: ContentType
    public var authenticatedData: [UInt8]
    public var encryptedSenderData: [UInt8]
    public var ciphertext: [UInt8]

    init(
        groupID: [UInt8],
        epoch: UInt64,
        contentType: ContentType,
        authenticatedData: [UInt8],
        encryptedSenderData: [UInt8],
        ciphertext: [UInt8]
    ) {
        self.groupID = groupID
        self.epoch = epoch
        self.contentType = contentType
        self.authenticatedData = authenticatedData
        self.encryptedSenderData = encryptedSenderData
        self.ciphertext = ciphertext
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        groupID = try reader.readOpaque()
        epoch = try UInt64(reading: &reader)
        guard let type = ContentType(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        contentType = type
        authenticatedData = try reader.readOpaque()
        encryptedSenderData = try reader.readOpaque()
        ciphertext = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(groupID)
        writer.write(epoch)
        writer.write(contentType.rawValue)
        writer.writeOpaque(authenticatedData)
        writer.writeOpaque(encryptedSenderData)
        writer.writeOpaque(ciphertext)
    }
}
