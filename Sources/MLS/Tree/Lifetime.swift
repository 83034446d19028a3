// SPDX-License-Identifier: Apache-2.0

public import Base

/// When a leaf from a key package counts as valid, in seconds since 1970 (RFC 9420 §7.2).
public struct Lifetime: Hashable, Sendable, WireCodable {
    public var notBefore: UInt64
    public var notAfter: UInt64

    public init(notBefore: UInt64, notAfter: UInt64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        notBefore = try UInt64(reading: &reader)
        notAfter = try UInt64(reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.write(notBefore)
        writer.write(notAfter)
    }

    /// Seconds from first to last; zero for a lifetime that ends before it begins.
    public var total: UInt64 { notAfter > notBefore ? notAfter - notBefore : 0 }

    public func contains(_ now: UInt64) -> Bool { notBefore <= now && now <= notAfter }
}
