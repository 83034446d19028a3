// SPDX-License-Identifier: Apache-2.0

import CDatagram
import Transport

/// The addresses under which clients are told to look for the media sockets.
enum CandidateAddresses {
    struct Interface {
        var address: LocalAddress
        var isLoopback: Bool
        var isLinkLocal: Bool
    }

    /// More would only make every offer longer and every client's checks slower.
    static let maximum = 8

    /// The configured public addresses where there are any (1:1 NAT, RFC 8445 §5.1.1.1 leaves that to configuration), else
    /// the machine's own. Loopback serves only a machine that has nothing else: Firefox refuses it.
    static func choose(public configured: [LocalAddress], interfaces: [Interface], hasIPv6: Bool) -> [LocalAddress] {
        if !configured.isEmpty { return Array(configured.prefix(maximum)) }
        let usable = interfaces.filter { !$0.isLinkLocal && (hasIPv6 || $0.address.isIPv4) }
        let outside = usable.filter { !$0.isLoopback }
        let chosen = outside.isEmpty ? usable : outside
        // IPv4 first: candidates of equal type take their priority from this order, and IPv4 is what nearly everyone has.
        let ordered = chosen.filter(\.address.isIPv4) + chosen.filter { !$0.address.isIPv4 }
        var seen: Set<LocalAddress> = []
        return Array(ordered.map(\.address).filter { seen.insert($0).inserted }.prefix(maximum))
    }

    /// For each address its UDP and its TCP side, the first addresses preferred (RFC 8445 §5.1.2.1).
    static func candidates(_ addresses: [LocalAddress], port: UInt16) -> [ICECandidate] {
        addresses.enumerated().flatMap { index, address in
            let transport = TransportAddress(high: address.high, low: address.low, port: port)
            let preference = UInt32(8_191 - min(index, maximum))
            return [
                ICECandidate.host(transport, preference: preference),
                ICECandidate.host(transport, transport: .tcpPassive, preference: preference),
            ]
        }
    }

    /// What the kernel says about interfaces that are up.
    static func interfaces() -> [Interface] {
        var found = [cdatagram_interface_address](repeating: cdatagram_interface_address(), count: 64)
        let count = cdatagram_interface_addresses(&found, Int32(found.count))
        guard count > 0 else { return [] }
        return found.prefix(Int(count)).map { entry in
            Interface(
                address: LocalAddress(entry.address),
                isLoopback: entry.is_loopback,
                isLinkLocal: entry.is_link_local
            )
        }
    }
}
