// SPDX-License-Identifier: Apache-2.0

public import Base

/// The header before every sealed frame: which key, which counter (RFC 9605 §4.3).
public struct SFrameHeader: Hashable, Sendable {
    /// `KID`.
    public var keyID: UInt64
    /// `CTR`.
    public var counter: UInt64

    public init(keyID: UInt64, counter: UInt64) {
        self.keyID = keyID
        self.counter = counter
    }

    /// The one encoding that the RFC allows: 1…17 bytes.
    public var encoded: [UInt8] {
        let (shortKey, keyLength) = SFrameHeader.field(of: keyID)
        let (shortCounter, counterLength) = SFrameHeader.field(of: counter)
        var bytes: [UInt8] = [shortKey << 4 | shortCounter]
        bytes.reserveCapacity(1 + keyLength + counterLength)
        SFrameHeader.append(keyID, length: keyLength, to: &bytes)
        SFrameHeader.append(counter, length: counterLength, to: &bytes)
        return bytes
    }

    /// Reads the header at the front and leaves the reader behind it.
    ///
    /// A value in more bytes than it needs is refused: §4.3 says that it MUST be encoded with as few as possible.
    public init(reading reader: inout ByteReader) throws(SFrameRefusal) {
        guard let config = reader.readUInt8() else { throw .malformedHeader }
        keyID = try SFrameHeader.read(field: config >> 4, from: &reader)
        counter = try SFrameHeader.read(field: config & 0x0F, from: &reader)
    }

    /// The four bits in the config byte, and how many bytes follow.
    private static func field(of value: UInt64) -> (bits: UInt8, length: Int) {
        if value < 8 { return (UInt8(truncatingIfNeeded: value), 0) }
        let length = (64 - value.leadingZeroBitCount + 7) / 8
        return (0x08 | UInt8(truncatingIfNeeded: length - 1), length)
    }

    private static func append(_ value: UInt64, length: Int, to bytes: inout [UInt8]) {
        var left = length
        while left > 0 {
            left -= 1
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(left * 8)))
        }
    }

    private static func read(field: UInt8, from reader: inout ByteReader) throws(SFrameRefusal) -> UInt64 {
        guard field & 0x08 != 0 else { return UInt64(field) }
        let length = Int(field & 0x07) + 1
        guard let bytes = reader.read(count: length) else { throw .malformedHeader }
        var value: UInt64 = 0
        for byte in bytes { value = value << 8 | UInt64(byte) }
        guard value >= 8, length == (64 - value.leadingZeroBitCount + 7) / 8 else { throw .malformedHeader }
        return value
    }
}
