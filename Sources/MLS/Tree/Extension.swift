// SPDX-License-Identifier: Apache-2.0

public import Base

/// One extension: a type and what it carries (RFC 9420 §7.2).
public struct Extension: Hashable, Sendable, WireCodable {
    public var type: ExtensionType
    public var data: [UInt8]

    public init(type: ExtensionType, data: [UInt8]) {
        self.type = type
        self.data = data
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        type = try ExtensionType(reading: &reader)
        data = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        type.write(into: &writer)
        writer.writeOpaque(data)
    }
}
