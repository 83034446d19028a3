// SPDX-License-Identifier: Apache-2.0

import Base

/// For somebody admitted who knocked with an older link: the current one, sealed to the key package's init key.
struct Invitation: Hashable, Sendable, WireCodable {
    let generation: UInt32
    let secret: [UInt8]

    init(generation: UInt32, secret: [UInt8]) {
        self.generation = generation
        self.secret = secret
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        generation = try UInt32(reading: &reader)
        secret = try reader.readOpaque()
        guard secret.count == LinkSecret.length else { throw .invalidStructure }
    }

    func write(into writer: inout ByteWriter) {
        writer.write(generation)
        writer.writeOpaque(secret)
    }
}
