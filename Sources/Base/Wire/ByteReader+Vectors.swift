// SPDX-License-Identifier: Apache-2.0

extension ByteReader {
    /// The length header of a `<V>` vector (RFC 9420 §2.1.2): at most 2^30 - 1, in its shortest form.
    public mutating func readVectorLength() throws(WireRefusal) -> Int {
        guard let first = readUInt8() else { throw .truncated }
        var value = UInt32(first & 0x3F)
        let more: Int
        let least: UInt32
        switch first >> 6 {
        case 0: return Int(value)
        case 1: (more, least) = (1, 1 << 6)
        case 2: (more, least) = (3, 1 << 14)
        default: throw .invalidLengthPrefix
        }
        for _ in 0..<more {
            guard let byte = readUInt8() else { throw .truncated }
            value = value << 8 | UInt32(byte)
        }
        guard value >= least else { throw .nonMinimalLength }
        // Below 2^30: fits an Int of 32 bits.
        return Int(value)
    }

    /// The content of a `<V>` vector as a reader of its own.
    public mutating func readVectorContent() throws(WireRefusal) -> ByteReader {
        let length = try readVectorLength()
        guard let content = read(count: length) else { throw .truncated }
        return ByteReader(content)
    }

    /// `opaque value<V>`.
    public mutating func readOpaque() throws(WireRefusal) -> [UInt8] {
        let length = try readVectorLength()
        guard let content = read(count: length) else { throw .truncated }
        return Array(content)
    }

    /// `Element values<V>`. What is allocated is in proportion to the bytes present.
    @inlinable
    public mutating func readVector<Element: WireDecodable>(of type: Element.Type) throws(WireRefusal) -> [Element] {
        var content = try readVectorContent()
        var elements: [Element] = []
        while !content.isAtEnd { elements.append(try Element(reading: &content)) }
        return elements
    }

    /// `optional<Value>` (RFC 9420 §2.1.1).
    @inlinable
    public mutating func readOptional<Value: WireDecodable>(_ type: Value.Type) throws(WireRefusal) -> Value? {
        switch try UInt8(reading: &self) {
        case 0: return nil
        case 1: return try Value(reading: &self)
        default: throw .invalidPresence
        }
    }
}
