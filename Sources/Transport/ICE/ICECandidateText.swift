// SPDX-License-Identifier: Apache-2.0

/// The `candidate-attribute` of RFC 8839 §5.1, without `a=`.
extension ICECandidate {
    /// - Parameter text: with or without the leading `candidate:`. Unknown extensions are passed over.
    /// - Returns: `nil` for what is malformed, and for what is well-formed but not for us: another component than 1,
    ///   a host name in place of an address (browsers' `.local` names), TCP `so`.
    public init?(sdpText text: some StringProtocol) {
        guard text.utf8.count <= 512 else { return nil }
        var fields = text.split(separator: " ", omittingEmptySubsequences: true)[...]
        guard fields.count >= 8, let first = fields.popFirst() else { return nil }
        let foundation = String(first.hasPrefix("candidate:") ? first.dropFirst(10) : first)
        guard 1...32 ~= foundation.utf8.count else { return nil }
        guard fields.popFirst() == "1", let transportName = fields.popFirst()?.lowercased() else { return nil }
        guard let priority = fields.popFirst().flatMap({ UInt32($0) }), let host = fields.popFirst(),
            let ip = IPAddressText.parse(Substring(host)), let port = fields.popFirst().flatMap({ UInt16($0) }),
            fields.popFirst() == "typ", let kind = fields.popFirst().flatMap({ Kind(rawValue: String($0)) })
        else { return nil }
        var tcpType: String?
        while let name = fields.popFirst(), let value = fields.popFirst() {
            if name == "tcptype" { tcpType = String(value) }
        }
        let transport: Transport
        switch (transportName, tcpType) {
        case ("udp", _): transport = .udp
        case ("tcp", "passive"): transport = .tcpPassive
        case ("tcp", "active"): transport = .tcpActive
        default: return nil
        }
        self.init(
            foundation: foundation,
            transport: transport,
            priority: priority,
            address: TransportAddress(high: ip.high, low: ip.low, port: port),
            kind: kind
        )
    }

    public var sdpText: String {
        let head = "candidate:\(foundation) 1 \(transport == .udp ? "udp" : "tcp") \(priority)"
        let body = "\(IPAddressText.text(of: address)) \(address.port) typ \(kind.rawValue)"
        switch transport {
        case .udp: return "\(head) \(body)"
        case .tcpPassive: return "\(head) \(body) tcptype passive"
        case .tcpActive: return "\(head) \(body) tcptype active"
        }
    }
}

extension TransportAddress {
    /// An address in text, as configuration gives it: dotted IPv4 or IPv6 without brackets.
    public init?(ip text: some StringProtocol, port: UInt16) {
        guard let ip = IPAddressText.parse(Substring(text)) else { return nil }
        self.init(high: ip.high, low: ip.low, port: port)
    }
}
