// SPDX-License-Identifier: Apache-2.0

import CDatagram
import Transport

/// The address that a headless participant tells as its host candidate.
enum LocalAddress {
    /// The machine's first own IPv4 address, else its first IPv6 one, else loopback.
    static func own() -> TransportAddress? {
        var found = [cdatagram_interface_address](repeating: cdatagram_interface_address(), count: 64)
        let count = cdatagram_interface_addresses(&found, Int32(found.count))
        guard count > 0 else { return nil }
        let usable = found.prefix(Int(count)).filter { !$0.is_link_local }
        let addresses = (usable.filter { !$0.is_loopback } + usable.filter(\.is_loopback)).map {
            TransportAddress(high: $0.address.high, low: $0.address.low, port: 0)
        }
        return addresses.first { $0.ipv4 != nil } ?? addresses.first
    }
}

extension TransportAddress {
    func with(port: UInt16) -> TransportAddress {
        TransportAddress(high: high, low: low, port: port)
    }
}
