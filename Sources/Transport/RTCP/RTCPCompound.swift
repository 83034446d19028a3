// SPDX-License-Identifier: Apache-2.0

import Base

/// Several control packets in one datagram (RFC 3550 §6.1), or a single one (reduced size, RFC 5506).
public enum RTCPCompound {
    /// Packets that are looked at in one datagram, known or not.
    public static let maximumPackets = 64
    /// A datagram holds no more pairs or entries than this.
    static let maximumEntries = 350

    /// The packets that are understood, in order. Unknown kinds and broken bodies are skipped; reading ends
    /// where a header makes no sense, because nothing tells where the next one starts.
    public static func parse(_ datagram: UnsafeRawBufferPointer) -> [RTCPPacket] {
        var packets: [RTCPPacket] = []
        var reader = ByteReader([UInt8](datagram.prefix(1 << 16)))
        for _ in 0..<maximumPackets {
            guard let first = reader.readUInt8(), first >> 6 == 2, let packetType = reader.readUInt8(),
                let words = reader.readUInt16(), var body = reader.read(count: Int(words) * 4)
            else { break }
            if first & 0x20 != 0 {
                // Padding counts itself and stays inside the packet (RFC 3550 §6.4.1).
                guard let padding = body.last, padding > 0, Int(padding) <= body.count else { continue }
                body = body.dropLast(Int(padding))
            }
            let header = RTCPHeader(count: first & 0x1F, packetType: packetType)
            if let packet = RTCPPacket(header: header, ByteReader(body)) { packets.append(packet) }
        }
        return packets
    }

    /// One datagram of `packets`, in order.
    public static func write(_ packets: [RTCPPacket]) -> [UInt8] {
        var writer = ByteWriter(reserving: 128)
        for packet in packets { packet.write(into: &writer) }
        return writer.bytes
    }
}
