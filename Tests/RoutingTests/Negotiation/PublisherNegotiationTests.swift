// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing
import Transport

struct PublisherNegotiationTests {
    private let sources: [String: TrackSource] = ["0": .microphone, "1": .camera]

    private func offer(_ name: String) throws -> String { try Fixtures.text("SDP/\(name).sdp") }

    private func answer(
        _ negotiation: inout PublisherNegotiation,
        _ offer: String,
        _ sources: [String: TrackSource]
    ) throws(NegotiationError) -> PublisherAnswer {
        var randomness = SeededRandomness(seed: 9)
        return try negotiation.answer(offer, sources: sources, using: &randomness)
    }

    private func refusal(
        _ offer: String,
        _ sources: [String: TrackSource] = ["0": .microphone, "1": .camera]
    ) throws -> NegotiationError? {
        var negotiation = try NegotiationSupport.publisher()
        do {
            _ = try answer(&negotiation, offer, sources)
            return nil
        } catch {
            return error
        }
    }

    private func changed(_ name: String, _ change: (inout SessionDescription) -> Void) throws -> String {
        var description = try SessionDescription.parse(offer(name))
        change(&description)
        return description.text
    }

    @Test("Chromium's microphone and three-layer camera are accepted")
    func chromium() throws {
        var negotiation = try NegotiationSupport.publisher()
        let result = try answer(&negotiation, offer("chromium-publish"), sources)
        #expect(!result.isICERestart)
        #expect(result.tracks.map(\.id.source) == [.microphone, .camera])
        #expect(
            result.tracks.map(\.id.participant) == [NegotiationSupport.participant, NegotiationSupport.participant]
        )
        #expect(result.tracks[0].encodings.count == 1)
        #expect(result.tracks[0].encodings[0].ssrc != nil)
        #expect(result.tracks[0].extensions.id(of: .audioLevel) == 1)
        #expect(result.tracks[1].encodings.map(\.rid) == ["low", "medium", "high"])
        #expect(result.tracks[1].encodings.map(\.ssrc) == [nil, nil, nil])
        #expect(result.tracks[1].codecs.map(\.codec) == [.vp8, .vp9])
        #expect(result.tracks[1].codecs.map(\.rtxPayloadType) == [97, 99])
        #expect(result.tracks[1].extensions == result.tracks[0].extensions)
        #expect(result.remote.setup == .actpass)

        let text = try SessionDescription.parse(result.sdp)
        #expect(text.isICELite)
        #expect(text.bundle == ["0", "1"])
        #expect(text.media.map(\.direction) == [.receiveOnly, .receiveOnly])
        #expect(text.media.map(\.setup) == [.passive, .passive])
        #expect(text.media.map(\.iceUfrag) == [result.local.ufrag, result.local.ufrag])
        #expect(text.media[0].candidates.map(\.transport) == [.udp, .tcpPassive])
        #expect(text.media[0].payloads.map(\.payloadType) == [111])
        #expect(text.media[0].payloads[0].parameters == "minptime=10;useinbandfec=1")
        #expect(text.media[1].payloads.map(\.payloadType) == [96, 97, 98, 99])
        #expect(text.media[1].payloads[0].feedback == ["nack", "nack pli", "ccm fir", "transport-cc"])
        #expect(text.media[1].simulcast == SimulcastDescription(receive: ["low", "medium", "high"]))
        #expect(text.media[1].restrictions.map(\.direction) == [.receive, .receive, .receive])
        #expect(text.media[1].extensions.allSatisfy { $0.kind != nil })
    }

    @Test("Firefox's own payload types, directed extensions and one-stream screen are accepted")
    func firefox() throws {
        var negotiation = try NegotiationSupport.publisher()
        let all = sources.merging(["2": .screen]) { first, _ in first }
        let result = try answer(&negotiation, offer("firefox-screen"), all)
        #expect(result.tracks[1].codecs.map(\.payloadType) == [120, 121])
        #expect(result.tracks[1].encodings.map(\.rid) == ["low", "medium", "high"])
        #expect(result.tracks[2].encodings.count == 1)
        #expect(result.tracks[2].encodings[0].ssrc != nil)
        #expect(result.tracks[2].encodings[0].rtxSSRC != nil)
        let text = try SessionDescription.parse(result.sdp)
        let rid = text.media[1].extensions.first { $0.kind == .rid }
        #expect(rid?.direction == .receiveOnly)
    }

    @Test("aiortc, which sends and receives in one section and has no layers, is accepted")
    func aiortc() throws {
        var negotiation = try NegotiationSupport.publisher()
        let result = try answer(&negotiation, offer("aiortc-publish"), sources)
        #expect(result.tracks[0].codecs == [NegotiatedCodec(codec: .opus, payloadType: 96)])
        #expect(result.tracks[1].codecs == [NegotiatedCodec(codec: .vp8, payloadType: 97, rtxPayloadType: 98)])
        #expect(result.tracks[1].encodings.count == 1)
        #expect(result.tracks[1].encodings[0].rtxSSRC != nil)
        let text = try SessionDescription.parse(result.sdp)
        #expect(text.media.map(\.direction) == [.receiveOnly, .receiveOnly])
        #expect(text.media[1].payloads[0].feedback == ["nack", "nack pli"])
    }

    @Test("a screen comes, ICE restarts and a section stops on one connection", arguments: ["chromium", "firefox"])
    func renegotiation(browser: String) throws {
        var negotiation = try NegotiationSupport.publisher()
        let all = sources.merging(["2": .screen]) { first, _ in first }
        let first = try answer(&negotiation, offer("\(browser)-publish"), sources)
        let second = try answer(&negotiation, offer("\(browser)-screen"), all)
        #expect(second.tracks.map(\.id.source) == [.microphone, .camera, .screen])
        #expect(!second.isICERestart)
        #expect(second.local.ufrag == first.local.ufrag)

        let restarted = try answer(&negotiation, offer("\(browser)-restart"), all)
        #expect(restarted.isICERestart)
        #expect(restarted.local.ufrag != first.local.ufrag)
        #expect(restarted.sdp.contains(restarted.local.ufrag))
        #expect(restarted.remote.credentials.ufrag != first.remote.credentials.ufrag)

        let stopped = try answer(&negotiation, offer("\(browser)-stopped"), sources)
        #expect(stopped.tracks.map(\.id.source) == [.microphone, .camera])
        #expect(!stopped.isICERestart)
        let text = try SessionDescription.parse(stopped.sdp)
        #expect(text.media.map(\.isRejected) == [false, false, true])
        #expect(text.bundle == ["0", "1"])
        #expect(text.version == 4)
    }

    @Test("a section without a source is answered inactive, without layers")
    func withoutSource() throws {
        var negotiation = try NegotiationSupport.publisher()
        let result = try answer(&negotiation, offer("chromium-publish"), ["0": .microphone])
        let text = try SessionDescription.parse(result.sdp)
        #expect(result.tracks.map(\.id.source) == [.microphone])
        #expect(text.media.map(\.direction) == [.receiveOnly, .inactive])
        #expect(text.media[1].simulcast == nil)
        #expect(text.media[1].restrictions.isEmpty)
    }

    @Test("a data channel is refused, the rest goes on")
    func dataChannel() throws {
        var negotiation = try NegotiationSupport.publisher()
        let text = try changed("chromium-publish") {
            var section = MediaDescription(
                kind: .other("application"),
                transportProtocol: "UDP/DTLS/SCTP",
                mid: "data"
            )
            section.otherFormats = "webrtc-datachannel"
            $0.media.append(section)
            $0.bundle.append("data")
        }
        let result = try answer(&negotiation, text, sources)
        let answered = try SessionDescription.parse(result.sdp)
        #expect(answered.media[2].isRejected)
        #expect(answered.media[2].otherFormats == "webrtc-datachannel")
        #expect(answered.bundle == ["0", "1"])
    }

    @Test("a codec order of the client's choice is kept")
    func codecOrder() throws {
        var negotiation = try NegotiationSupport.publisher()
        let text = try changed("chromium-publish") { $0.media[1].payloads.reverse() }
        let result = try answer(&negotiation, text, sources)
        #expect(result.tracks[1].codecs.map(\.codec) == [.vp9, .vp8])
        let answered = try SessionDescription.parse(result.sdp)
        #expect(answered.media[1].payloads.map(\.payloadType) == [98, 99, 96, 97])
    }

    @Test("layers beyond three are not accepted")
    func manyLayers() throws {
        var negotiation = try NegotiationSupport.publisher()
        let text = try changed("chromium-publish") {
            $0.media[1].restrictions = ["a", "b", "c", "d"].map { StreamRestriction(id: $0, direction: .send) }
            $0.media[1].simulcast = SimulcastDescription(send: ["a", "b", "c", "d"])
        }
        let result = try answer(&negotiation, text, sources)
        #expect(result.tracks[1].encodings.map(\.rid) == ["a", "b", "c"])
        #expect(result.sdp.contains("a=simulcast:recv a;b;c\r\n"))
    }

    @Test("each broken rule is refused by its name")
    func refusals() throws {
        let base = "chromium-publish"
        #expect(try refusal("nonsense") == .sdp(.unsupportedVersion))
        #expect(try refusal(changed(base) { $0.media = [] }, [:]) == .noMedia)
        #expect(try refusal(changed(base) { $0.bundle = ["0"] }) == .notBundled)
        #expect(try refusal(changed(base) { $0.media[1].mid = nil }) == .missingMid)
        #expect(try refusal(changed(base) { $0.media[1].hasRTCPMux = false }) == .rtcpMuxMissing(mid: "1"))
        #expect(try refusal(changed(base) { $0.media[0].iceUfrag = nil }) == .missingCredentials)
        #expect(try refusal(changed(base) { $0.media[0].icePassword = "short" }) == .missingCredentials)
        #expect(try refusal(changed(base) { $0.media[0].fingerprint = nil }) == .missingFingerprint)
        let other = Fingerprint(sha256: [UInt8](repeating: 1, count: 32))
        #expect(try refusal(changed(base) { $0.media[1].fingerprint = other }) == .fingerprintChanged)
        #expect(try refusal(changed(base) { $0.media[0].setup = .passive }) == .wrongSetup)
        #expect(try refusal(offer(base), ["7": .camera]) == .notSending(mid: "7"))
        #expect(try refusal(changed(base) { $0.media[1].direction = .receiveOnly }) == .notSending(mid: "1"))
        #expect(try refusal(offer(base), ["0": .camera]) == .wrongKind(mid: "0"))
        #expect(try refusal(offer("chromium-screen"), ["1": .camera, "2": .camera]) == .duplicateSource(mid: "2"))
        #expect(
            try refusal(changed(base) { $0.media[1].payloads.removeAll { $0.codec != nil } })
                == .noCommonCodec(mid: "1")
        )
        #expect(
            try refusal(
                changed(base) {
                    $0.media[1].extensions.append(ExtensionMapping(id: 1, uri: HeaderExtension.absSendTime.uri))
                }
            ) == .extensionsConflict(mid: "1")
        )
        #expect(
            try refusal(changed(base) { $0.media[1].extensions.removeAll { $0.kind == .rid } })
                == .streamsNotIdentified(mid: "1")
        )
        #expect(
            try refusal(
                changed(base) {
                    $0.media[0].sources = []
                    for index in 0...1 { $0.media[index].extensions.removeAll { $0.kind == .mid } }
                },
                ["0": .microphone]
            ) == .streamsNotIdentified(mid: "0")
        )
        #expect(
            try refusal(
                changed(base) {
                    for index in 0..<40 { $0.media.append(MediaDescription(kind: .audio, mid: "x\(index)")) }
                }
            ) == .tooManySections
        )
    }

    @Test("a refused offer changes nothing: sections keep their place and the certificate stays")
    func refusedRenegotiation() throws {
        var negotiation = try NegotiationSupport.publisher()
        let first = try answer(&negotiation, offer("firefox-publish"), sources)
        let stranger = Fingerprint(sha256: [UInt8](repeating: 1, count: 32))
        let broken = try [
            changed("firefox-publish") { $0.media.removeLast() },
            changed("firefox-publish") { $0.media.swapAt(0, 1) },
            changed("firefox-publish") { description in
                for index in description.media.indices {
                    description.media[index].fingerprint = stranger
                    description.media[index].iceUfrag = "other"
                }
            },
        ]
        for text in broken { #expect(throws: NegotiationError.self) { try answer(&negotiation, text, sources) } }
        let again = try answer(&negotiation, offer("firefox-publish"), sources)
        #expect(again.tracks == first.tracks)
        #expect(!again.isICERestart)
        #expect(again.local.ufrag == first.local.ufrag)
    }
}
