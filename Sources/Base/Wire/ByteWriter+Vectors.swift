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

    /// `opaque value<V>`.
    public mutating func writeOpaque(_ content: [UInt8]) {
        writeVectorLength(content.count)
        write(content)
    }

    /// `Element values<V>`.
    @inlinable
    public mutating func writeVector<Element: WireEncodable>(_ elements: [Element]) {
        writeVector { writer in
            for element in elements { element.write(into: &writer) }
        }
    }

    /// A `<V>` vector of whatever `body` appends.
    public mutating func writeVector(_ body: (inout ByteWriter) -> Void) {
        // Written in place behind a header of one byte, which is enough for most.
        let start = count
        write(UInt8(0))
        body(&self)
        let length = count - start - 1
        if length < 1 << 6 {
            bytes[start] = UInt8(truncatingIfNeeded: length)
        } else {
            var header = ByteWriter(reserving: 4)
            header.writeVectorLength(length)
            bytes.replaceSubrange(start...start, with: header.bytes)
        }
    }

    /// `optional<Value>` (RFC 9420 §2.1.1).
    @inlinable
    public mutating func writeOptional<Value: WireEncodable>(_ value: Value?) {
        guard let value else { return write(UInt8(0)) }
        write(UInt8(1))
        value.write(into: &self)
    }
}
