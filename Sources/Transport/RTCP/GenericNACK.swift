// SPDX-License-Identifier: Apache-2.0

public import Base

/// "Send these again" (RFC 4585 §6.2.1).
public struct GenericNACK: Hashable, Sendable {
    /// A lost packet, and a bit for each of the 16 that follow it: the lowest bit is the next one.
    public struct Pair: Hashable, Sendable {
        public var packetID: UInt16
        public var following: UInt16

        @inlinable
        public init(packetID: UInt16, following: UInt16) {
            self.packetID = packetID
            self.following = following
        }
    }

    public var senderSSRC: UInt32
    public var mediaSSRC: UInt32
    public var pairs: [Pair]

    public init(senderSSRC: UInt32, mediaSSRC: UInt32, pairs: [Pair]) {
        self.senderSSRC = senderSSRC
        self.mediaSSRC = mediaSSRC
        self.pairs = pairs
    }

    /// - Parameter lost: in sending order, roll-over included.
    public init(senderSSRC: UInt32, mediaSSRC: UInt32, lost: some Sequence<UInt16>) {
        self.init(senderSSRC: senderSSRC, mediaSSRC: mediaSSRC, pairs: [])
        for number in lost {
            if let last = pairs.indices.last {
                let distance = number &- pairs[last].packetID
                if distance == 0 { continue }
                if distance <= 16 {
                    pairs[last].following |= 1 << (distance - 1)
                    continue
                }
            }
            pairs.append(Pair(packetID: number, following: 0))
        }
    }

    /// Calls `body` for every lost sequence number. No allocation.
    @inlinable
    public func forEach(_ body: (UInt16) -> Void) {
        for pair in pairs {
            body(pair.packetID)
            var bits = pair.following
            while bits != 0 {
                let index = UInt16(truncatingIfNeeded: bits.trailingZeroBitCount)
                body(pair.packetID &+ index &+ 1)
                bits &= bits &- 1
            }
        }
    }

    public var sequenceNumbers: [UInt16] {
        var numbers: [UInt16] = []
        forEach { numbers.append($0) }
        return numbers
    }

    init?(_ reader: inout ByteReader) {
        guard let sender = reader.readUInt32(), let media = reader.readUInt32() else { return nil }
        self.init(senderSSRC: sender, mediaSSRC: media, pairs: [])
        while !reader.isAtEnd {
            guard let packetID = reader.readUInt16(), let following = reader.readUInt16() else { return nil }
            pairs.append(Pair(packetID: packetID, following: following))
        }
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeRTCP(
            packetType: RTCPHeader.PacketType.transportFeedback,
            count: RTCPHeader.Format.genericNACK
        ) { body in
            body.write(senderSSRC)
            body.write(mediaSSRC)
            for pair in pairs.prefix(RTCPCompound.maximumEntries) {
                body.write(pair.packetID)
                body.write(pair.following)
            }
        }
    }
}
