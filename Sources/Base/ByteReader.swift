// SPDX-License-Identifier: Apache-2.0

/// A cursor over received bytes. Every read is checked: what is missing is `nil`, never a trap.
public struct ByteReader: Sendable {
    private var bytes: ArraySlice<UInt8>

    public init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    public var remaining: Int { bytes.count }
    public var isAtEnd: Bool { bytes.isEmpty }
    public var rest: ArraySlice<UInt8> { bytes }

    public mutating func readUInt8() -> UInt8? { bytes.popFirst() }

    public mutating func readUInt16() -> UInt16? { readBigEndian(UInt16.self, width: 2) }

    /// Three bytes, as RTCP and TLS use them.
    public mutating func readUInt24() -> UInt32? { readBigEndian(UInt32.self, width: 3) }

    public mutating func readUInt32() -> UInt32? { readBigEndian(UInt32.self, width: 4) }

    public mutating func readUInt64() -> UInt64? { readBigEndian(UInt64.self, width: 8) }

    public mutating func read(count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.count else { return nil }
        let taken = bytes.prefix(count)
        bytes = bytes.dropFirst(count)
        return taken
    }

    public mutating func skip(_ count: Int) -> Bool { read(count: count) != nil }

    private mutating func readBigEndian<Word: FixedWidthInteger>(_ type: Word.Type, width: Int) -> Word? {
        guard bytes.count >= width else { return nil }
        var word: Word = 0
        for byte in bytes.prefix(width) { word = word << 8 | Word(truncatingIfNeeded: byte) }
        bytes = bytes.dropFirst(width)
        return word
    }
}
