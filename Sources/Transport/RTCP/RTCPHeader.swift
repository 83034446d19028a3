// SPDX-License-Identifier: Apache-2.0

import Base

/// The four bytes that open every RTCP packet (RFC 3550 §6.4.1, RFC 4585 §6.1).
struct RTCPHeader {
    enum PacketType {
        static let senderReport: UInt8 = 200
        static let receiverReport: UInt8 = 201
        static let sourceDescription: UInt8 = 202
        static let goodbye: UInt8 = 203
        static let transportFeedback: UInt8 = 205
        static let payloadFeedback: UInt8 = 206
    }

    enum Format {
        static let genericNACK: UInt8 = 1
        static let transportWide: UInt8 = 15
        static let pictureLossIndication: UInt8 = 1
        static let fullIntraRequest: UInt8 = 4
        static let applicationLayer: UInt8 = 15
    }

    /// Reports, chunks or sources that follow, or the feedback's format: five bits.
    var count: UInt8
    var packetType: UInt8
}

extension ByteWriter {
    /// Writes header, `body` and what padding it takes to reach a multiple of four, announced by the P bit.
    ///
    /// Callers keep bodies far below 2^18 bytes, where the length field ends.
    mutating func writeRTCP(packetType: UInt8, count: UInt8, _ body: (inout ByteWriter) -> Void) {
        var content = ByteWriter()
        body(&content)
        let padding = (4 - content.count % 4) % 4
        write(0x80 | (padding > 0 ? 0x20 : 0) | count & 0x1F)
        write(packetType)
        write(UInt16(truncatingIfNeeded: (content.count + padding) / 4))
        write(content.bytes)
        if padding > 0 {
            for _ in 1..<padding { write(0 as UInt8) }
            write(UInt8(truncatingIfNeeded: padding))
        }
    }
}
