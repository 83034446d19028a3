// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the media side has counted since the member came in.
public struct FrameCounts: Sendable, WireDecodable {
    /// Of one source of somebody else.
    public struct Received: Sendable, WireDecodable {
        public let participant: ParticipantID
        /// 0…3, in the order of SFrame's contexts.
        public let source: UInt8
        public let opened: UInt32
        public let refused: UInt32
        /// Whether we asked the node for it, so that nothing coming means something.
        public let isWanted: Bool

        public init(participant: ParticipantID, source: UInt8, opened: UInt32, refused: UInt32, isWanted: Bool) {
            self.participant = participant
            self.source = source
            self.opened = opened
            self.refused = refused
            self.isWanted = isWanted
        }

        public init(reading reader: inout ByteReader) throws(WireRefusal) {
            participant = try reader.readParticipant()
            source = try UInt8(reading: &reader)
            guard source < UInt8(Heartbeat.sources) else { throw .unknownValue }
            opened = try UInt32(reading: &reader)
            refused = try UInt32(reading: &reader)
            isWanted = try reader.readFlag()
        }
    }

    /// Frames of ours, per source.
    public let sealed: [UInt32]
    public let received: [Received]

    /// - Parameter sealed: four numbers, in the order of SFrame's contexts; missing ones count as zero.
    public init(sealed: [UInt32], received: [Received]) {
        self.sealed = Array((sealed + [0, 0, 0, 0]).prefix(Heartbeat.sources))
        self.received = received
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        var sealed: [UInt32] = []
        for _ in 0..<Heartbeat.sources { sealed.append(try UInt32(reading: &reader)) }
        self.sealed = sealed
        received = try reader.readVector(of: Received.self)
    }
}
