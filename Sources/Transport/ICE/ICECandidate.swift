// SPDX-License-Identifier: Apache-2.0

/// One address at which an agent may be reached (RFC 8445 §5.1, RFC 6544 §4.5 for TCP).
public struct ICECandidate: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case host
        case serverReflexive = "srflx"
        case peerReflexive = "prflx"
        case relayed = "relay"

        /// RFC 8445 §5.1.2.2.
        var typePreference: UInt32 {
            switch self {
            case .host: 126
            case .peerReflexive: 110
            case .serverReflexive: 100
            case .relayed: 0
            }
        }
    }

    public enum Transport: Hashable, Sendable {
        case udp
        /// Accepts connections.
        case tcpPassive
        /// Opens connections; its port says nothing (RFC 6544 §4.5).
        case tcpActive
    }

    public var foundation: String
    public var transport: Transport
    public var priority: UInt32
    /// For a TCP candidate that is already connected, ``TransportAddress/connection`` says through which connection.
    public var address: TransportAddress
    public var kind: Kind

    public init(
        foundation: String,
        transport: Transport,
        priority: UInt32,
        address: TransportAddress,
        kind: Kind
    ) {
        self.foundation = foundation
        self.transport = transport
        self.priority = priority
        self.address = address
        self.kind = kind
    }

    /// A host candidate with the recommended priority; UDP before TCP.
    ///
    /// - Parameter preference: 0…8,191, larger for an interface to be tried first.
    public static func host(
        _ address: TransportAddress,
        transport: Transport = .udp,
        preference: UInt32 = 8_191
    ) -> ICECandidate {
        // RFC 6544 §4.2: the upper three bits of the local preference are the direction preference, 6 active, 4 passive.
        let direction: UInt32 =
            switch transport {
            case .udp: 7
            case .tcpActive: 6
            case .tcpPassive: 4
            }
        return ICECandidate(
            foundation: transport == .udp ? "1" : "2",
            transport: transport,
            priority: priority(of: .host, localPreference: direction << 13 | min(preference, 8_191)),
            address: address,
            kind: .host
        )
    }

    /// RFC 8445 §5.1.2.1 for the only component there is (RTP and RTCP are multiplexed).
    static func priority(of kind: Kind, localPreference: UInt32) -> UInt32 {
        kind.typePreference << 24 | (localPreference & 0xFFFF) << 8 | 255
    }
}
