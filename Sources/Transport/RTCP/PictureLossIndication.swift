// SPDX-License-Identifier: Apache-2.0

public import Base

/// "Send me a key frame" (RFC 4585 §6.3.1).
public struct PictureLossIndication: Hashable, Sendable {
    public var senderSSRC: UInt32
    public var mediaSSRC: UInt32

    public init(senderSSRC: UInt32, mediaSSRC: UInt32) {
        self.senderSSRC = senderSSRC
        self.mediaSSRC = mediaSSRC
    }

    init?(_ reader: inout ByteReader) {
        guard let sender = reader.readUInt32(), let media = reader.readUInt32() else { return nil }
        self.init(senderSSRC: sender, mediaSSRC: media)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeRTCP(
            packetType: RTCPHeader.PacketType.payloadFeedback,
            count: RTCPHeader.Format.pictureLossIndication
        ) { body in
            body.write(senderSSRC)
            body.write(mediaSSRC)
        }
    }
}
