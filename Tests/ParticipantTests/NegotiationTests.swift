// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing
import Transport

@testable import Participant

/// The participant's offers and answers against the node's negotiation, which was written to browsers' offers.
@Suite("A participant and a node negotiate")
struct NegotiationTests {
    private let identity: DTLSIdentity
    private let local: LocalTransport

    init() throws {
        identity = try DTLSIdentity.make()
        var randomness = SeededRandomness(seed: 7)
        local = LocalTransport(
            credentials: .make(using: &randomness),
            fingerprint: identity.fingerprint,
            candidates: [.host(TransportAddress(ipv4: 0xC000_0201, port: 4_000))]
        )
    }

    @Test("the node takes voice, camera and screen as they are offered, with retransmission for video")
    func publishing() throws {
        var randomness = SeededRandomness(seed: 1)
        var screen = SyntheticTrack.camera
        screen.source = .screen
        screen.codec = .vp9
        let offer = PublisherOffer(
            tracks: [.voice, .camera, screen],
            credentials: .make(using: &randomness),
            fingerprint: identity.fingerprint,
            candidates: [],
            using: &randomness
        )
        var negotiation = PublisherNegotiation(participant: ParticipantID(rawValue: 5), local: local, sessionID: 1)
        let answer = try negotiation.answer(
            offer.description.text,
            sources: ["0": .microphone, "1": .camera, "2": .screen],
            using: &randomness
        )
        #expect(answer.tracks.map(\.id.source) == [.microphone, .camera, .screen])
        #expect(answer.tracks[1].encodings.first?.ssrc == offer.ssrcs[1].media)
        let accepted = try offer.accept(answer.sdp)
        #expect(accepted.fingerprint == identity.fingerprint)
        #expect(accepted.credentials.ufrag == local.credentials.ufrag)
        #expect(accepted.candidates.count == 1)
        #expect(accepted.parameters[0].rtxPayloadType == nil)
        #expect(accepted.parameters[1].rtxSSRC == offer.ssrcs[1].rtx)
        #expect(accepted.parameters.map(\.payloadType) == [111, 96, 98])
        #expect(accepted.parameters[1].extensions.id(of: .transportSequenceNumber) == 3)
    }

    @Test("an answer that is none is refused", arguments: ["", "v=0\r\n", "garbage"])
    func unreadableAnswer(text: String) {
        var randomness = SeededRandomness(seed: 2)
        let offer = PublisherOffer(
            tracks: [.voice],
            credentials: .make(using: &randomness),
            fingerprint: identity.fingerprint,
            candidates: [],
            using: &randomness
        )
        #expect(throws: ParticipantError.protocolViolation) { try offer.accept(text) }
    }
}
