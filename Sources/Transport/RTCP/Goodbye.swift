// SPDX-License-Identifier: Apache-2.0

public import Base

/// Sources that send no more (RFC 3550 §6.6). The reason text is not kept.
public struct Goodbye: Hashable, Sendable {
    /// At most 31 are written.
    public var ssrcs: [UInt32]

    public init(ssrcs: [UInt32]) {
        self.ssrcs = ssrcs
    }

    init?(_ reader: inout ByteReader, count: UInt8) {
        ssrcs = []
        for _ in 0..<count {
            guard let ssrc = reader.readUInt32() else { return nil }
            ssrcs.append(ssrc)
        }
    }

    public func write(into writer: inout ByteWriter) {
        let ssrcs = ssrcs.prefix(31)
        writer.writeRTCP(packetType: RTCPHeader.PacketType.goodbye, count: UInt8(ssrcs.count)) { body in
            for ssrc in ssrcs { body.write(ssrc) }
        }
    }
}
