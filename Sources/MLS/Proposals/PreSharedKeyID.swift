// SPDX-License-Identifier: Apache-2.0

public import Base

/// Which pre-shared key, and the nonce of this one use of it (RFC 9420 §8.4).
public struct PreSharedKeyID: Hashable, Sendable, WireCodable {
    public var source: PreSharedKeySource
    public var nonce: [UInt8]

    public init(source: PreSharedKeySource, nonce: [UInt8]) {
        self.source = source
        self.nonce = nonce
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        source = try PreSharedKeySource(reading: &reader)
        nonce = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        source.write(into: &writer)
        writer.writeOpaque(nonce)
    }
}
