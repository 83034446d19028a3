// SPDX-License-Identifier: Apache-2.0

import Base

/// A word to one, encrypted to the reader's own key beneath the group's encryption: the others couldn't read it even if
/// the node gave it to them.
struct DirectLine: Hashable, Sendable, WireCodable {
    let id: [UInt8]
    let at: UInt64
    let text: [UInt8]

    init(id: [UInt8], at: UInt64, text: [UInt8]) {
        self.id = id
        self.at = at
        self.text = text
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        id = try reader.readOpaque()
        at = try UInt64(reading: &reader)
        text = try reader.readOpaque()
        guard text.count <= ChatLine.longestText, id.count <= ChatLine.longestID else { throw .tooLarge }
    }

    func write(into writer: inout ByteWriter) {
        writer.writeOpaque(id)
        writer.write(at)
        writer.writeOpaque(text)
    }
}
