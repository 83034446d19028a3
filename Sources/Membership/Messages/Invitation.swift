// SPDX-License-Identifier: Apache-2.0

import Base

/// For somebody admitted who knocked with an older link: what makes the current one of the card. Encrypted to the key
/// package's init key, so that nobody else gets it, and inside sealed under the link that was knocked with, so that a node,
/// which could encrypt to that key as well, can't invite into a group of its own.
struct Invitation: Hashable, Sendable, WireCodable {
    let generation: UInt32
    /// Of the current link.
    let nonce: [UInt8]

    init(generation: UInt32, nonce: [UInt8]) {
        self.generation = generation
        self.nonce = nonce
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        generation = try UInt32(reading: &reader)
        nonce = try reader.readOpaque()
        guard nonce.count == MeetingLink.nonceLength else { throw .invalidStructure }
    }

    func write(into writer: inout ByteWriter) {
        writer.write(generation)
        writer.writeOpaque(nonce)
    }
}
