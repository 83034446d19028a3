// SPDX-License-Identifier: Apache-2.0

/// The header of an RTP packet, read without a copy (RFC 3550 §5.1, RFC 8285 §4).
///
/// ```
///  0                   1                   2                   3
///  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
///  |                           timestamp                           |
///  |             synchronization source (SSRC) identifier          |
///  |            contributing sources (CSRC), CC of them            |
///  |  defined by profile           |     length in 32-bit words    |  when X is set
///  |                   header extension elements                   |
/// ```
/// Offsets count bytes from the start of the packet and lie inside the bytes that were parsed.
public struct RTPHeader: Hashable, Sendable {
    public var marker: Bool
    /// Seven bits.
    public var payloadType: UInt8
    public var sequenceNumber: UInt16
    public var timestamp: UInt32
    public var ssrc: UInt32
    /// The payload starts here: fixed header, contributing sources and extension block.
    public var headerLength: Int
    /// 0xBEDE for one-byte elements, 0x1000…0x100F for two-byte ones, 0 without an extension block.
    public var extensionProfile: UInt16
    /// Where the first extension element starts; 0 without an extension block.
    public var extensionOffset: Int
    /// Bytes of extension elements, without the four bytes that announce them.
    public var extensionLength: Int
    /// The last payload byte counts padding. In SRTP it is encrypted: see ``payloadLength(of:)``.
    public var hasPadding: Bool

    public static let fixedLength = 12
    public static let oneByteProfile: UInt16 = 0xBEDE

    @inlinable
    public init(
        marker: Bool,
        payloadType: UInt8,
        sequenceNumber: UInt16,
        timestamp: UInt32,
        ssrc: UInt32,
        headerLength: Int = RTPHeader.fixedLength,
        extensionProfile: UInt16 = 0,
        extensionOffset: Int = 0,
        extensionLength: Int = 0,
        hasPadding: Bool = false
    ) {
        self.marker = marker
        self.payloadType = payloadType
        self.sequenceNumber = sequenceNumber
        self.timestamp = timestamp
        self.ssrc = ssrc
        self.headerLength = headerLength
        self.extensionProfile = extensionProfile
        self.extensionOffset = extensionOffset
        self.extensionLength = extensionLength
        self.hasPadding = hasPadding
    }

    /// `nil` for what isn't version 2 or doesn't hold the header that it announces.
    @inlinable
    public static func parse(_ packet: UnsafeRawBufferPointer) -> RTPHeader? {
        guard packet.count >= fixedLength, let bytes = packet.baseAddress else { return nil }
        let first = bytes.load(as: UInt8.self)
        guard first >> 6 == 2 else { return nil }
        let second = bytes.load(fromByteOffset: 1, as: UInt8.self)
        var header = RTPHeader(
            marker: second & 0x80 != 0,
            payloadType: second & 0x7F,
            sequenceNumber: UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)),
            timestamp: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
            ssrc: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)),
            headerLength: fixedLength &+ 4 &* Int(first & 0x0F),
            hasPadding: first & 0x20 != 0
        )
        guard header.headerLength <= packet.count else { return nil }
        if first & 0x10 != 0 {
            let announced = header.headerLength
            guard announced &+ 4 <= packet.count else { return nil }
            header.extensionProfile = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: announced, as: UInt16.self))
            let words = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: announced &+ 2, as: UInt16.self))
            header.extensionOffset = announced &+ 4
            header.extensionLength = Int(words) &* 4
            header.headerLength = header.extensionOffset &+ header.extensionLength
            guard header.headerLength <= packet.count else { return nil }
        }
        return header
    }

    /// Bytes of payload in a packet in the clear, less its padding; `nil` when the padding can't be right
    /// (RFC 3550 §5.1: the count includes itself, so it is at least 1).
    @inlinable
    public func payloadLength(of packet: UnsafeRawBufferPointer) -> Int? {
        let length = packet.count &- headerLength
        guard length >= 0 else { return nil }
        guard hasPadding else { return length }
        guard length > 0 else { return nil }
        let padding = Int(packet[packet.count &- 1])
        guard padding >= 1, padding <= length else { return nil }
        return length &- padding
    }
}
