// SPDX-License-Identifier: Apache-2.0

/// The text form of an address, for candidates in SDP only: ``TransportAddress`` itself never prints.
enum IPAddressText {
    /// Dotted IPv4 or RFC 4291 §2.2 IPv6 without zone or embedded IPv4, as 128 bits (IPv4 mapped).
    static func parse(_ text: Substring) -> (high: UInt64, low: UInt64)? {
        guard text.utf8.count <= 39 else { return nil }
        return text.utf8.contains(UInt8(ascii: ":")) ? parseIPv6(text) : parseIPv4(text)
    }

    static func text(of address: TransportAddress) -> String {
        if let ipv4 = address.ipv4 {
            return [24, 16, 8, 0].map { String(ipv4 >> UInt32($0) & 0xFF) }.joined(separator: ".")
        }
        // Without `::`: legal, and there is nothing to get wrong.
        return [address.high, address.low].flatMap { half in
            [48, 32, 16, 0].map { String(half >> UInt64($0) & 0xFFFF, radix: 16) }
        }.joined(separator: ":")
    }

    private static func parseIPv4(_ text: Substring) -> (high: UInt64, low: UInt64)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt64 = 0
        for part in parts {
            guard 1...3 ~= part.utf8.count, part.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let byte = UInt8(part) else {
                return nil
            }
            address = address << 8 | UInt64(byte)
        }
        return (0, 0x0000_FFFF_0000_0000 | address)
    }

    private static func parseIPv6(_ text: Substring) -> (high: UInt64, low: UInt64)? {
        let parts = text.split(separator: ":", maxSplits: 9, omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        var gap: Int?
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                // An empty part is the gap; at an end it comes twice (`::1` is "", "", "1").
                let atEdge = index == 0 || index == parts.count - 1
                if atEdge, parts[index == 0 ? 1 : index - 1].isEmpty { continue }
                guard !atEdge, gap == nil else { return nil }
                gap = groups.count
            } else {
                guard part.utf8.count <= 4, part.utf8.first != UInt8(ascii: "+"), let group = UInt16(part, radix: 16)
                else {
                    return nil
                }
                groups.append(group)
            }
        }
        if let gap {
            guard groups.count <= 7 else { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return (
            groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
        )
    }
}
