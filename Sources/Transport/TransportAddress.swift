// SPDX-License-Identifier: Apache-2.0

/// Where a datagram came from or goes to. A person's address: it lives in memory only and has no printable form.
///
/// IPv4 addresses are held as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), so that there is one form to compare and hash.
public struct TransportAddress: Hashable, Sendable {
    /// The first eight bytes of the IPv6 address, big-endian.
    public let high: UInt64
    /// The last eight bytes of the IPv6 address, big-endian.
    public let low: UInt64
    public let port: UInt16
    /// Zero for UDP; else the number that the media thread gave to one accepted TCP connection.
    public let connection: UInt32

    public init(high: UInt64, low: UInt64, port: UInt16, connection: UInt32 = 0) {
        self.high = high
        self.low = low
        self.port = port
        self.connection = connection
    }

    /// An IPv4 address, `a.b.c.d` as `a << 24 | b << 16 | c << 8 | d`.
    public init(ipv4 address: UInt32, port: UInt16, connection: UInt32 = 0) {
        self.init(high: 0, low: 0x0000_FFFF_0000_0000 | UInt64(address), port: port, connection: connection)
    }

    /// The IPv4 address where this is an IPv4-mapped one.
    public var ipv4: UInt32? {
        high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil
    }

    public var isTCP: Bool { connection != 0 }
}

extension TransportAddress: CustomStringConvertible, CustomReflectable {
    public var description: String { "address" }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
