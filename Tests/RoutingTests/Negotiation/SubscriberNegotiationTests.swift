// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing
import Transport

struct SubscriberNegotiationTests {
    private typealias Support = NegotiationSupport

    /// One round with a viewer who takes everything.
    private func settle(
        _ negotiation: inout SubscriberNegotiation,
        _ wishes: [SubscriptionWish],
        using randomness: inout SeededRandomness
    ) throws -> (offer: SubscriberOffer, agreement: SubscriberAgreement) {
        let offer = try #require(negotiation.offer(wishes, using: &randomness))
        return (offer, try negotiation.accept(Support.answer(to: offer.sdp)))
    }

    @Test("wishes become sections that send, and an answer makes tracks of them")
    func firstOffer() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let wishes = [Support.wish(1, .microphone), Support.wish(1, .camera, [.vp9, .vp8])]
        let (offer, agreement) = try settle(&negotiation, wishes, using: &randomness)
        #expect(offer.entries.map(\.mid) == ["0", "1"])
        #expect(offer.entries.map(\.track) == wishes.map(\.track))
        #expect(!offer.isICERestart)
        let text = try SessionDescription.parse(offer.sdp)
        #expect(text.isICELite)
        #expect(text.bundle == ["0", "1"])
        #expect(text.media.map(\.setup) == [.actpass, .actpass])
        #expect(text.media.map(\.direction) == [.sendOnly, .sendOnly])
        #expect(text.media[0].candidates.count == 2)
        #expect(text.media[0].msid?.stream == "0000000000000001")
        #expect(text.media[0].payloads.map(\.payloadType) == [111])
        #expect(text.media[1].payloads.map(\.payloadType) == [98, 99, 96, 97])
        #expect(text.media[1].sourceGroups.map(\.semantics) == ["FID"])
        #expect(agreement.tracks.map(\.id) == wishes.map(\.track))
        #expect(agreement.tracks.map(\.mid) == ["0", "1"])
        #expect(text.media[1].sourceGroups[0].ssrcs == [agreement.tracks[1].ssrc, agreement.tracks[1].rtxSSRC])
        #expect(agreement.tracks[0].rtxSSRC == nil)
        #expect(agreement.tracks[1].codecs.map(\.codec) == [.vp9, .vp8])
        #expect(agreement.tracks[1].extensions.id(of: .mid) == 1)
        #expect(agreement.remote.setup == .active)
    }

    @Test("real answers are taken", arguments: ["chromium-answer", "firefox-answer"])
    func browsers(name: String) throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        _ = negotiation.offer([Support.wish(1, .microphone), Support.wish(1, .camera)], using: &randomness)
        let agreement = try negotiation.accept(Fixtures.text("SDP/\(name).sdp"))
        #expect(agreement.tracks.map(\.codecs.count) == [1, 2])
        #expect(agreement.tracks[1].rtxSSRC != nil)
    }

    @Test("nothing to say, and an outstanding offer, give no offer")
    func silence() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        #expect(negotiation.offer([], using: &randomness) == nil)
        let wishes = [Support.wish(1, .microphone)]
        let offer = try #require(negotiation.offer(wishes, using: &randomness))
        #expect(negotiation.isOfferOutstanding)
        #expect(negotiation.offer(wishes + [Support.wish(2, .microphone)], using: &randomness) == nil)
        _ = try negotiation.accept(Support.answer(to: offer.sdp))
        #expect(negotiation.offer(wishes, using: &randomness) == nil)
        #expect(!negotiation.isOfferOutstanding)
        #expect(negotiation.offer(wishes + [Support.wish(2, .microphone)], using: &randomness) != nil)
    }

    @Test("a track that ended, and came again before anybody was told, is offered anew", arguments: [false, true])
    func endedAndBack(whileOutstanding: Bool) throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let wishes = [Support.wish(1, .microphone), Support.wish(1, .camera)]
        let tracks = Set(wishes.map(\.track))
        let before: SubscriberAgreement
        if whileOutstanding {
            let offer = try #require(negotiation.offer(wishes, using: &randomness))
            negotiation.end(tracks)
            before = try negotiation.accept(Support.answer(to: offer.sdp))
            #expect(before.tracks.isEmpty)
        } else {
            before = try settle(&negotiation, wishes, using: &randomness).agreement
            negotiation.end(tracks)
        }
        let (_, after) = try settle(&negotiation, wishes, using: &randomness)
        #expect(Set(after.tracks.map(\.id)) == tracks)
        #expect(Set(after.tracks.map(\.ssrc)).isDisjoint(with: before.tracks.map(\.ssrc)))
        #expect(negotiation.offer(wishes, using: &randomness) == nil)
    }

    @Test("an ended track leaves an inactive section, which the next track of its kind uses under new SSRCs")
    func recycling() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let first = try settle(
            &negotiation,
            [Support.wish(1, .microphone), Support.wish(1, .camera)],
            using: &randomness
        )
        let second = try settle(&negotiation, [Support.wish(2, .microphone)], using: &randomness)
        // The section of the first microphone is not used before the viewer has seen it inactive.
        #expect(second.offer.entries.map(\.mid) == ["2"])
        let between = try SessionDescription.parse(second.offer.sdp)
        #expect(between.media.map(\.direction) == [.inactive, .inactive, .sendOnly])
        #expect(between.media[0].msid == nil)
        #expect(between.media[0].sources.isEmpty)
        #expect(between.bundle == ["0", "1", "2"])
        #expect(between.transportSection?.candidates.isEmpty == false)
        #expect(second.agreement.tracks.map(\.id) == [Support.track(2, .microphone)])

        let wishes = [Support.wish(2, .microphone), Support.wish(3, .camera), Support.wish(3, .microphone)]
        let third = try settle(&negotiation, wishes, using: &randomness)
        #expect(third.offer.entries.map(\.mid) == ["0", "1", "2"])
        #expect(
            third.offer.entries.map(\.track) == [
                Support.track(3, .microphone), Support.track(3, .camera), Support.track(2, .microphone),
            ]
        )
        let formerSSRCs = Set(first.agreement.tracks.map(\.ssrc))
        #expect(third.agreement.tracks.filter { formerSSRCs.contains($0.ssrc) }.isEmpty)
        #expect(
            third.agreement.tracks.first { $0.mid == "2" }?.ssrc == second.agreement.tracks.first?.ssrc
        )
    }

    @Test("a hundred people who come and go leave few sections")
    func boundedGrowth() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        var sections = 0
        for person in 0..<100 as Range<UInt64> {
            let round = try settle(
                &negotiation,
                [Support.wish(person, .microphone), Support.wish(person, .camera)],
                using: &randomness
            )
            sections = try SessionDescription.parse(round.offer.sdp).media.count
            #expect(round.agreement.tracks.count == 2)
        }
        #expect(sections == 4)
    }

    @Test("tracks beyond the bound are left out, and the largest offer fits a signalling message")
    func tooManyTracks() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let wishes = (0..<300 as Range<UInt64>).map { Support.wish($0, .camera) }
        let round = try settle(&negotiation, wishes, using: &randomness)
        #expect(round.offer.entries.count == SubscriberNegotiation.maximumSlots)
        #expect(round.agreement.tracks.count == SubscriberNegotiation.maximumSlots)
        #expect(round.offer.sdp.utf8.count < 230 * 1024)
        #expect(Set(round.agreement.tracks.map(\.ssrc)).count == SubscriberNegotiation.maximumSlots)
    }

    @Test("an ICE restart gives new credentials, also with nothing else to say")
    func restart() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let wishes = [Support.wish(1, .microphone)]
        let first = try settle(&negotiation, wishes, using: &randomness)
        let offer = try #require(negotiation.offer(wishes, restartICE: true, using: &randomness))
        #expect(offer.isICERestart)
        #expect(offer.local.ufrag != first.offer.local.ufrag)
        #expect(offer.sdp.contains("a=ice-ufrag:\(offer.local.ufrag)\r\n"))
        let agreement = try negotiation.accept(Support.answer(to: offer.sdp, ufrag: "again"))
        #expect(agreement.remote.credentials.ufrag == "again")
        #expect(agreement.tracks == first.agreement.tracks)
    }

    @Test("a viewer without VP9 or retransmissions gets what it takes")
    func partialAnswer() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let offer = try #require(negotiation.offer([Support.wish(1, .camera)], using: &randomness))
        let agreement = try negotiation.accept(
            Support.answer(to: offer.sdp) {
                $0.media[0].payloads.removeAll { $0.payloadType != 96 }
                $0.media[0].extensions = []
            }
        )
        let track = try #require(agreement.tracks.first)
        #expect(track.codecs == [NegotiatedCodec(codec: .vp8, payloadType: 96)])
        #expect(track.rtxSSRC == nil)
        #expect(track.extensions.isEmpty)
    }

    @Test("a refused section is left alone until it is taken by another track under a new name")
    func refusedSection() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let wishes = [Support.wish(1, .microphone), Support.wish(1, .camera)]
        let offer = try #require(negotiation.offer(wishes, using: &randomness))
        let agreement = try negotiation.accept(
            Support.answer(to: offer.sdp) {
                $0.media[1].port = 0
                $0.bundle = ["0"]
            }
        )
        #expect(agreement.tracks.map(\.id) == [Support.track(1, .microphone)])
        let next = try #require(
            negotiation.offer([wishes[0], Support.wish(2, .camera)], using: &randomness)
        )
        let text = try SessionDescription.parse(next.sdp)
        #expect(text.media.map(\.mid) == ["0", "2"])
        #expect(text.bundle == ["0", "2"])
        #expect(next.entries.map(\.track) == [Support.track(1, .microphone), Support.track(2, .camera)])
    }

    @Test("each broken rule of an answer is refused by its name, and the next offer tries again")
    func refusals() throws {
        let stranger = Fingerprint(sha256: [UInt8](repeating: 1, count: 32))
        let changes: [(NegotiationError, (inout SessionDescription) -> Void)] = [
            (.sectionsDiffer, { $0.media.removeLast() }),
            (.sectionsDiffer, { $0.media.swapAt(0, 1) }),
            (.missingCredentials, { $0.media[0].iceUfrag = nil }),
            (.missingFingerprint, { $0.media[0].fingerprint = nil }),
            (.fingerprintChanged, { $0.media[1].fingerprint = stranger }),
            (.wrongSetup, { $0.media[0].setup = .passive }),
            (.notBundled, { $0.bundle = [] }),
            (.rtcpMuxMissing(mid: "1"), { $0.media[1].hasRTCPMux = false }),
        ]
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let wishes = [Support.wish(1, .microphone), Support.wish(1, .camera)]
        for (expected, change) in changes {
            let offer = try #require(negotiation.offer(wishes, using: &randomness))
            let answer = try Support.answer(to: offer.sdp, change)
            #expect(throws: expected) { try negotiation.accept(answer) }
            #expect(throws: NegotiationError.noOfferOutstanding) { try negotiation.accept(answer) }
        }
        let settled = try settle(&negotiation, wishes, using: &randomness)
        #expect(settled.agreement.tracks.count == 2)
        let offer = try #require(
            negotiation.offer(wishes + [Support.wish(2, .camera)], using: &randomness)
        )
        let answer = try Support.answer(to: offer.sdp) {
            for index in $0.media.indices { $0.media[index].fingerprint = stranger }
        }
        #expect(throws: NegotiationError.fingerprintChanged) { try negotiation.accept(answer) }
    }

    @Test("a withdrawn offer keeps its sections and is made again")
    func withdrawal() throws {
        var negotiation = try Support.subscriber()
        var randomness = SeededRandomness(seed: 2)
        let first = try #require(negotiation.offer([Support.wish(1, .camera)], using: &randomness))
        negotiation.withdraw()
        let second = try #require(
            negotiation.offer([Support.wish(1, .camera), Support.wish(2, .camera)], using: &randomness)
        )
        #expect(second.entries.first == first.entries.first)
        #expect(try SessionDescription.parse(second.sdp).version == 2)
        #expect(try negotiation.accept(Support.answer(to: second.sdp)).tracks.count == 2)
    }
}
