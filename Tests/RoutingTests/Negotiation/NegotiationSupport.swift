// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Transport

/// What both negotiations are tested with.
enum NegotiationSupport {
    struct Unmade: Error {}

    static let participant = ParticipantID(rawValue: 0xA1)

    static func local(seed: UInt64 = 1) throws -> LocalTransport {
        var randomness = SeededRandomness(seed: seed)
        guard let fingerprint = Fingerprint(sha256: [UInt8](repeating: 7, count: 32)) else { throw Unmade() }
        let address = TransportAddress(ipv4: 0xC000_0202, port: 5000)
        return LocalTransport(
            credentials: .make(using: &randomness),
            fingerprint: fingerprint,
            candidates: [.host(address), .host(address, transport: .tcpPassive)]
        )
    }

    static func publisher() throws -> PublisherNegotiation {
        PublisherNegotiation(participant: participant, local: try local(), sessionID: 4711)
    }

    static func subscriber() throws -> SubscriberNegotiation {
        SubscriberNegotiation(local: try local(), sessionID: 4711)
    }

    static func track(_ participant: UInt64, _ source: TrackSource) -> TrackID {
        TrackID(participant: ParticipantID(rawValue: participant), source: source)
    }

    static func wish(_ participant: UInt64, _ source: TrackSource, _ codecs: [Codec] = []) -> SubscriptionWish {
        SubscriptionWish(track: track(participant, source), codecs: codecs)
    }

    /// What a browser would answer to one of our offers: everything, received.
    static func answer(
        to offer: String,
        ufrag: String = "viewer",
        _ change: (inout SessionDescription) -> Void = { _ in }
    ) throws -> String {
        var description = try SessionDescription.parse(offer)
        description.isICELite = false
        for index in description.media.indices {
            description.media[index].iceUfrag = ufrag
            description.media[index].icePassword = "passwordpasswordpassword"
            description.media[index].candidates = []
            description.media[index].setup = .active
            description.media[index].msid = nil
            description.media[index].sources = []
            description.media[index].sourceGroups = []
            if description.media[index].direction == .sendOnly { description.media[index].direction = .receiveOnly }
        }
        change(&description)
        return description.text
    }
}
