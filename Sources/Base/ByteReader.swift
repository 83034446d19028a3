// SPDX-License-Identifier: Apache-2.0

/// A cursor over received bytes. Every read is checked: what is missing is `nil`, never a trap.
public struct ByteReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    public init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    public init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    public var remaining: Int { bytes.endIndex - position }
    public var isAtEnd: Bool { position == bytes.endIndex }
    public var rest: ArraySlice<UInt8> { bytes[position...] }

    public mutating func readUInt8() -> UInt8? {
        guard position < bytes.endIndex else { return nil }
        let byte = bytes[position]
        position += 1
        return byte
    }

    public mutating func readUInt16() -> UInt16? { readBigEndian(UInt16.self, width: 2) }

    /// Three bytes, as RTCP and TLS use them.
    public mutating func readUInt24() -> UInt32? { readBigEndian(UInt32.self, width: 3) }

    public mutating func readUInt32() -> UInt32? { readBigEndian(UInt32.self, width: 4) }

    public mutating func readUInt64() -> UInt64? { readBigEndian(UInt64.self, width: 8) }

    public mutating func read(count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= remaining else { return nil }
        let start = position
        position += count
        return bytes[start..<position]
    }

    public mutating func skip(_ count: Int) -> Bool { read(count: count) != nil }

    private mutating func readBigEndian<Word: FixedWidthInteger>(_ type: Word.Type, width: Int) -> Word? {
        guard remaining >= width else { return nil }
        var word: Word = 0
        for index in position..<position + width { word = word << 8 | Word(truncatingIfNeeded: bytes[index]) }
        position += width
        return word
    }
}
