// SPDX-License-Identifier: Apache-2.0

extension ByteWriter {
    /// The length of the longest vector that the encoding can say (RFC 9420 §2.1.2).
    public static var longestVector: Int { 1 << 30 - 1 }

    /// The length header of a `<V>` vector. Whoever takes content from outside checks it against ``longestVector`` first.
    public mutating func writeVectorLength(_ length: Int) {
        if length < 1 << 6 {
            write(UInt8(truncatingIfNeeded: length))
        } else if length < 1 << 14 {
            write(UInt16(truncatingIfNeeded: length) | 0x4000)
        } else {
            write(UInt32(truncatingIfNeeded: length) & 0x3FFF_FFFF | 0x8000_0000)
        }
    }

    /// `opaque value<V>`.
    public mutating func writeOpaque(_ content: some Collection<UInt8>) {
        writeVectorLength(content.count)
        write(content)
    }

    /// `Element values<V>`.
    public mutating func writeVector<Element: WireEncodable>(_ elements: [Element]) {
        writeVector { writer in
            for element in elements { element.write(into: &writer) }
        }
    }

    /// A `<V>` vector of whatever `body` writes.
    public mutating func writeVector(_ body: (inout ByteWriter) -> Void) {
        var content = ByteWriter(reserving: 256)
        body(&content)
        writeOpaque(content.bytes)
    }

    /// `optional<Value>` (RFC 9420 §2.1.1).
    public mutating func writeOptional<Value: WireEncodable>(_ value: Value?) {
        guard let value else { return write(UInt8(0)) }
        write(UInt8(1))
        value.write(into: &self)
    }
}
