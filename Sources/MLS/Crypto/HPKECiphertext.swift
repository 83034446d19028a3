// SPDX-License-Identifier: Apache-2.0

public import Base

/// One HPKE encryption (RFC 9420 §7.6).
public struct HPKECiphertext: Hashable, Sendable, WireCodable {
    public var kemOutput: [UInt8]
    public var ciphertext: [UInt8]

    public init(kemOutput: [UInt8], ciphertext: [UInt8]) {
        self.kemOutput = kemOutput
        self.ciphertext = ciphertext
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        kemOutput = try reader.readOpaque()
        ciphertext = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(kemOutput)
        writer.writeOpaque(ciphertext)
    }
}
