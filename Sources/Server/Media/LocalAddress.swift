// SPDX-License-Identifier: Apache-2.0

import CDatagram

/// One of the machine's own addresses, IPv6 or IPv4-mapped, without a port.
struct LocalAddress: Hashable, Sendable {
    var high: UInt64
    var low: UInt64

    /// Unknown: the kernel chooses by its routes.
    static let any = LocalAddress(high: 0, low: 0)

    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }
}

extension LocalAddress {
    init(_ endpoint: cdatagram_endpoint) {
        self.init(high: endpoint.high, low: endpoint.low)
    }

    /// An address as text, "192.0.2.1" or "2001:db8::1"; never a name.
    init?(_ text: String) {
        var endpoint = cdatagram_endpoint()
        guard cdatagram_parse_address(text, &endpoint) else { return nil }
        self.init(endpoint)
    }
}

extension LocalAddress: CustomStringConvertible {
    /// Addresses are not for logs.
    var description: String { "address" }
}
