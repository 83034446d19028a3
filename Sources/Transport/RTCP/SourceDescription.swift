// SPDX-License-Identifier: Apache-2.0

public import Base

/// Names for sources (RFC 3550 §6.5). Of the items only the canonical name is kept; the rest is about people.
public struct SourceDescription: Hashable, Sendable {
    public struct Chunk: Hashable, Sendable {
        public var ssrc: UInt32
        /// At most 255 bytes are written.
        public var canonicalName: String?

        public init(ssrc: UInt32, canonicalName: String?) {
            self.ssrc = ssrc
            self.canonicalName = canonicalName
        }
    }

    /// At most 31 are written.
    public var chunks: [Chunk]

    public init(chunks: [Chunk]) {
        self.chunks = chunks
    }

    private static let canonicalNameItem: UInt8 = 1

    init?(_ reader: inout ByteReader, count: UInt8) {
        chunks = []
        for _ in 0..<count {
            guard let ssrc = reader.readUInt32() else { return nil }
            var chunk = Chunk(ssrc: ssrc, canonicalName: nil)
            var length = 4
            while true {
                guard let item = reader.readUInt8() else { return nil }
                length += 1
                if item == 0 { break }
                guard let size = reader.readUInt8(), let text = reader.read(count: Int(size)) else { return nil }
                length += 1 + text.count
                if item == SourceDescription.canonicalNameItem, chunk.canonicalName == nil {
                    chunk.canonicalName = String(decoding: text, as: UTF8.self)
                }
            }
            guard reader.skip((4 - length % 4) % 4) else { return nil }
            chunks.append(chunk)
        }
    }

    public func write(into writer: inout ByteWriter) {
        let chunks = chunks.prefix(31)
        writer.writeRTCP(packetType: RTCPHeader.PacketType.sourceDescription, count: UInt8(chunks.count)) { body in
            for chunk in chunks {
                body.write(chunk.ssrc)
                if let name = chunk.canonicalName?.utf8.prefix(255) {
                    body.write(SourceDescription.canonicalNameItem)
                    body.write(UInt8(name.count))
                    body.write(name)
                }
                // The null item ends the list; more nulls reach the next word (§6.5).
                repeat { body.write(0 as UInt8) } while body.count % 4 != 0
            }
        }
    }
}
