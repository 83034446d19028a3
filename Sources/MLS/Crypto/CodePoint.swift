// SPDX-License-Identifier: Apache-2.0

public import Base

/// A 16-bit code point of one of MLS's registries (RFC 9420 §17). Values that nobody here knows are kept as they are.
public protocol CodePoint: Hashable, Sendable, WireCodable {
    var rawValue: UInt16 { get }
    init(rawValue: UInt16)
}

extension CodePoint {
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        self.init(rawValue: try UInt16(reading: &reader))
    }

    public func write(into writer: inout ByteWriter) {
        writer.write(rawValue)
    }
}
