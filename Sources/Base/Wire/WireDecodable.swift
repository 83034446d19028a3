// SPDX-License-Identifier: Apache-2.0

/// The opposite of ``WireEncodable``.
public protocol WireDecodable {
    init(reading reader: inout ByteReader) throws(WireRefusal)
}

public typealias WireCodable = WireDecodable & WireEncodable

extension WireDecodable {
    /// Decodes a value that takes up all of `bytes`.
    @inlinable
    public init(decoding bytes: [UInt8]) throws(WireRefusal) {
        var reader = ByteReader(bytes)
        try self.init(reading: &reader)
        guard reader.isAtEnd else { throw .trailingBytes }
    }
}

extension UInt8: WireDecodable {
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard let value = reader.readUInt8() else { throw .truncated }
        self = value
    }
}

extension UInt16: WireDecodable {
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard let value = reader.readUInt16() else { throw .truncated }
        self = value
    }
}

extension UInt32: WireDecodable {
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard let value = reader.readUInt32() else { throw .truncated }
        self = value
    }
}

extension UInt64: WireDecodable {
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard let value = reader.readUInt64() else { throw .truncated }
        self = value
    }
}
