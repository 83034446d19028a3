// SPDX-License-Identifier: Apache-2.0

/// A value with an encoding in the TLS presentation language (RFC 8446 §3, with the vectors of RFC 9420 §2.1).
public protocol WireEncodable {
    func write(into writer: inout ByteWriter)
}

extension WireEncodable {
    /// The whole encoding.
    @inlinable
    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 256)
        write(into: &writer)
        return writer.bytes
    }
}

extension UInt8: WireEncodable {
    public func write(into writer: inout ByteWriter) { writer.write(self) }
}

extension UInt16: WireEncodable {
    public func write(into writer: inout ByteWriter) { writer.write(self) }
}

extension UInt32: WireEncodable {
    public func write(into writer: inout ByteWriter) { writer.write(self) }
}

extension UInt64: WireEncodable {
    public func write(into writer: inout ByteWriter) { writer.write(self) }
}
