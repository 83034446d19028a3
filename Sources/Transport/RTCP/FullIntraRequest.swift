// SPDX-License-Identifier: Apache-2.0

public import Base

/// "Send a key frame", each request numbered so that a repeated one isn't a new one (RFC 5104 §4.3.1).
public struct FullIntraRequest: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var ssrc: UInt32
        public var sequenceNumber: UInt8

        public init(ssrc: UInt32, sequenceNumber: UInt8) {
            self.ssrc = ssrc
            self.sequenceNumber = sequenceNumber
        }
    }

    public var senderSSRC: UInt32
    public var entries: [Entry]

    public init(senderSSRC: UInt32, entries: [Entry]) {
        self.senderSSRC = senderSSRC
        self.entries = entries
    }

    init?(_ reader: inout ByteReader) {
        // The media source is unused and should be 0 (§4.3.1.2).
        guard let sender = reader.readUInt32(), reader.skip(4) else { return nil }
        senderSSRC = sender
        entries = []
        while !reader.isAtEnd {
            guard let ssrc = reader.readUInt32(), let number = reader.readUInt8(), reader.skip(3) else { return nil }
            entries.append(Entry(ssrc: ssrc, sequenceNumber: number))
        }
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeRTCP(
            packetType: RTCPHeader.PacketType.payloadFeedback,
            count: RTCPHeader.Format.fullIntraRequest
        ) { body in
            body.write(senderSSRC)
            body.write(0 as UInt32)
            for entry in entries.prefix(RTCPCompound.maximumEntries) {
                body.write(entry.ssrc)
                body.write(entry.sequenceNumber)
                body.writeUInt24(0)
            }
        }
    }
}
