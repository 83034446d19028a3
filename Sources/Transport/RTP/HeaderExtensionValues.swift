// SPDX-License-Identifier: Apache-2.0

/// What a packet's header extensions say, read in one pass with a connection's ``HeaderExtensionMap``.
///
/// Plain values, no allocation. An extension that is absent, not negotiated or of a wrong length is `nil`.
public struct HeaderExtensionValues: Hashable, Sendable {
    public var mid: PacketRange?
    public var rid: PacketRange?
    public var repairedRid: PacketRange?
    public var transportSequenceNumber: UInt16?
    /// -dBov: 0 is loudest, 127 is silence.
    public var audioLevel: UInt8?
    /// The sender's own judgement that the packet holds speech; false without an audio level.
    public var hasVoice = false
    /// Seconds in 6.18 fixed point, 24 bits.
    public var absSendTime: UInt32?
    public var dependencyDescriptor: PacketRange?

    @inlinable
    public init() {}

    /// Reads one-byte and two-byte elements (RFC 8285 §4.2, §4.3). Reading stops where elements stop making sense.
    @inlinable
    public static func read(
        _ packet: UnsafeRawBufferPointer,
        header: RTPHeader,
        map: HeaderExtensionMap
    ) -> HeaderExtensionValues {
        var values = HeaderExtensionValues()
        let end = header.extensionOffset &+ header.extensionLength
        guard header.extensionLength > 0, header.extensionOffset > 0, end <= packet.count else { return values }
        var offset = header.extensionOffset
        if header.extensionProfile == RTPHeader.oneByteProfile {
            while offset < end {
                let first = packet[offset]
                offset &+= 1
                if first == 0 { continue }
                let id = first >> 4
                // An id of 15 ends the block, whatever follows (§4.2). Id 0 with a length is not an element: skip it.
                guard id != 15 else { return values }
                let length = Int(first & 0x0F) &+ 1
                guard length <= end &- offset else { return values }
                if id != 0, let kind = map[id] { values.take(kind, packet, offset, length) }
                offset &+= length
            }
        } else if header.extensionProfile & 0xFFF0 == 0x1000 {
            while offset < end {
                let id = packet[offset]
                offset &+= 1
                if id == 0 { continue }
                guard offset < end else { return values }
                let length = Int(packet[offset])
                offset &+= 1
                guard length <= end &- offset else { return values }
                if let kind = map[id] { values.take(kind, packet, offset, length) }
                offset &+= length
            }
        }
        return values
    }

    @inlinable
    mutating func take(_ kind: HeaderExtension, _ packet: UnsafeRawBufferPointer, _ offset: Int, _ length: Int) {
        switch kind {
        case .mid: mid = PacketRange(offset: offset, length: length)
        case .rid: rid = PacketRange(offset: offset, length: length)
        case .repairedRid: repairedRid = PacketRange(offset: offset, length: length)
        case .dependencyDescriptor: dependencyDescriptor = PacketRange(offset: offset, length: length)
        case .transportSequenceNumber:
            guard length >= 2 else { return }
            transportSequenceNumber = UInt16(packet[offset]) << 8 | UInt16(packet[offset &+ 1])
        case .audioLevel:
            guard length >= 1 else { return }
            audioLevel = packet[offset] & 0x7F
            hasVoice = packet[offset] & 0x80 != 0
        case .absSendTime:
            guard length == 3 else { return }
            absSendTime =
                UInt32(packet[offset]) << 16 | UInt32(packet[offset &+ 1]) << 8 | UInt32(packet[offset &+ 2])
        }
    }
}
