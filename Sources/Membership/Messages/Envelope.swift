// SPDX-License-Identifier: Apache-2.0

import Base

/// The authenticated data of every application message: where it stands among its sender's, so that what is missing
/// shows. MLS alone keeps no order between senders and receivers (RFC 9750 §4.2).
struct Envelope: Hashable, Sendable, WireCodable {
    /// Begins anew when the sender's connection does: what was on its way then may rightly be lost.
    let run: UInt32
    /// How many messages to all the sender has sent in this run, this one included if it is one.
    let count: UInt32
    /// `nil` for a message to all.
    let to: ParticipantID?

    init(run: UInt32, count: UInt32, to: ParticipantID?) {
        self.run = run
        self.count = count
        self.to = to
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        run = try UInt32(reading: &reader)
        count = try UInt32(reading: &reader)
        to = try reader.readFlag() ? try reader.readParticipant() : nil
    }

    func write(into writer: inout ByteWriter) {
        writer.write(run)
        writer.write(count)
        writer.writeFlag(to != nil)
        if let to { writer.write(to) }
    }
}
