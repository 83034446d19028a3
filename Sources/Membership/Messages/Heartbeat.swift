// SPDX-License-Identifier: Apache-2.0

import Base

/// "I am here, I see this group, and I have sent so much": what is withheld shows against it.
struct Heartbeat: Hashable, Sendable, WireCodable {
    /// Sources of media, in the order of SFrame's contexts.
    static let sources = 4

    /// `confirmed_transcript_hash` of the epoch that the message is sent in.
    let transcriptHash: [UInt8]
    /// Frames sealed since the sender came in, per source.
    let frames: [UInt32]
    /// Lines of chat to all that the node says it has passed on. Unlike ``Envelope/count`` it doesn't begin anew with the
    /// connection, which a node can cut.
    let lines: UInt32
    /// Lines that it hasn't said so of yet: they may have been heard or not.
    let pending: UInt32

    init(transcriptHash: [UInt8], frames: [UInt32], lines: UInt32, pending: UInt32) {
        self.transcriptHash = transcriptHash
        self.frames = frames
        self.lines = lines
        self.pending = pending
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        transcriptHash = try reader.readOpaque()
        var frames: [UInt32] = []
        for _ in 0..<Heartbeat.sources { frames.append(try UInt32(reading: &reader)) }
        self.frames = frames
        lines = try UInt32(reading: &reader)
        pending = try UInt32(reading: &reader)
    }

    func write(into writer: inout ByteWriter) {
        writer.writeOpaque(transcriptHash)
        for count in frames { writer.write(count) }
        writer.write(lines)
        writer.write(pending)
    }
}
