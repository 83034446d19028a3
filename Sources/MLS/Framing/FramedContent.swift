// SPDX-License-Identifier: Apache-2.0

public import Base

/// A message with its group, epoch and sender (RFC 9420 §6).
public struct FramedContent: Hashable, Sendable, WireCodable {
    public var groupID: [UInt8]
    public var epoch: UInt64
    public var sender: Sender
    public var authenticatedData: [UInt8]
    public var content: Content

    package init(groupID: [UInt8], epoch: UInt64, sender: Sender, authenticatedData: [UInt8], content: Content) {
        self.groupID = groupID
        self.epoch = epoch
        self.sender = sender
        self.authenticatedData = authenticatedData
        self.content = content
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        groupID = try reader.readOpaque()
        epoch = try UInt64(reading: &reader)
        sender = try Sender(reading: &reader)
        authenticatedData = try reader.readOpaque()
        guard let type = ContentType(rawValue: try UInt8(reading: &reader)) else { throw .unknownValue }
        content = try Content(type, reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(groupID)
        writer.write(epoch)
        sender.write(into: &writer)
        writer.writeOpaque(authenticatedData)
        writer.write(content.type.rawValue)
        content.write(into: &writer)
    }
}
