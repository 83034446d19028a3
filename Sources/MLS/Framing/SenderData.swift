// SPDX-License-Identifier: Apache-2.0

import Base

/// Which key opens a private message (RFC 9420 §6.3.2).
struct SenderData: Hashable, Sendable, WireCodable {
    var leaf: LeafIndex
    var generation: UInt32
    /// Four random bytes over the nonce, should a generation ever be used twice.
    var reuseGuard: UInt32

    init(leaf: LeafIndex, generation: UInt32, reuseGuard: UInt32) {
        self.leaf = leaf
        self.generation = generation
        self.reuseGuard = reuseGuard
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        leaf = LeafIndex(try UInt32(reading: &reader))
        generation = try UInt32(reading: &reader)
        reuseGuard = try UInt32(reading: &reader)
    }

    func write(into writer: inout ByteWriter) {
        writer.write(leaf.value)
        writer.write(generation)
        writer.write(reuseGuard)
    }
}
