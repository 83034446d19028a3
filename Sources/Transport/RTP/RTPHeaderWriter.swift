// SPDX-License-Identifier: Apache-2.0

/// Writes an RTP header with extensions into memory that the caller owns; no allocation.
///
/// One-byte elements (RFC 8285 §4.2) unless `usesTwoByteElements`. What doesn't fit is left out and said by `false`.
public struct RTPHeaderWriter {
    @usableFromInline let buffer: UnsafeMutableRawBufferPointer
    @usableFromInline var offset: Int
    @usableFromInline var hasExtensions = false
    @usableFromInline let usesTwoByteElements: Bool

    /// Writes the fixed header, or `nil` when `buffer` is shorter than twelve bytes.
    @inlinable
    public init?(_ buffer: UnsafeMutableRawBufferPointer, header: RTPHeader, usesTwoByteElements: Bool = false) {
        guard buffer.count >= RTPHeader.fixedLength, let bytes = buffer.baseAddress else { return nil }
        self.buffer = buffer
        self.usesTwoByteElements = usesTwoByteElements
        bytes.storeBytes(of: 0x80, as: UInt8.self)
        bytes.storeBytes(
            of: header.payloadType & 0x7F | (header.marker ? 0x80 : 0),
            toByteOffset: 1,
            as: UInt8.self
        )
        bytes.storeBytes(of: header.sequenceNumber.bigEndian, toByteOffset: 2, as: UInt16.self)
        bytes.storeBytes(of: header.timestamp.bigEndian, toByteOffset: 4, as: UInt32.self)
        bytes.storeBytes(of: header.ssrc.bigEndian, toByteOffset: 8, as: UInt32.self)
        offset = RTPHeader.fixedLength
    }

    /// Appends one element. `id` and length must suit the element form: 1…14 and 1…16 bytes, or 1…255 and 0…255.
    @inlinable
    public mutating func append(id: UInt8, _ value: some Collection<UInt8>) -> Bool {
        let length = value.count
        let prefix = usesTwoByteElements ? 2 : 1
        let fits = usesTwoByteElements ? id != 0 && length <= 255 : id >= 1 && id <= 14 && length >= 1 && length <= 16
        let start = hasExtensions ? offset : offset &+ 4
        // Three bytes of padding at most follow.
        guard fits, start &+ prefix &+ length &+ 3 <= buffer.count else { return false }
        hasExtensions = true
        offset = start
        if usesTwoByteElements {
            buffer[offset] = id
            buffer[offset &+ 1] = UInt8(truncatingIfNeeded: length)
        } else {
            buffer[offset] = id << 4 | UInt8(truncatingIfNeeded: length &- 1)
        }
        offset &+= prefix
        for byte in value {
            buffer[offset] = byte
            offset &+= 1
        }
        return true
    }

    @inlinable
    public mutating func append(id: UInt8, transportSequenceNumber number: UInt16) -> Bool {
        withUnsafeBytes(of: number.bigEndian) { append(id: id, $0) }
    }

    /// - Parameter level: -dBov, 0 (loudest) … 127.
    @inlinable
    public mutating func append(id: UInt8, audioLevel level: UInt8, hasVoice: Bool) -> Bool {
        append(id: id, CollectionOfOne(level & 0x7F | (hasVoice ? 0x80 : 0)))
    }

    /// - Parameter time: seconds in 6.18 fixed point, 24 bits.
    @inlinable
    public mutating func append(id: UInt8, absSendTime time: UInt32) -> Bool {
        withUnsafeBytes(of: time.bigEndian) { append(id: id, $0[1...]) }
    }

    /// Pads and closes the extension block. Returns the header's length: the payload goes there.
    @inlinable
    public mutating func finish() -> Int {
        guard hasExtensions else { return offset }
        while offset & 3 != 0 {
            buffer[offset] = 0
            offset &+= 1
        }
        let start = RTPHeader.fixedLength
        let profile: UInt16 = usesTwoByteElements ? 0x1000 : RTPHeader.oneByteProfile
        let words = UInt16(truncatingIfNeeded: (offset &- start &- 4) / 4)
        buffer.storeBytes(of: profile.bigEndian, toByteOffset: start, as: UInt16.self)
        buffer.storeBytes(of: words.bigEndian, toByteOffset: start &+ 2, as: UInt16.self)
        buffer[0] |= 0x10
        return offset
    }
}
