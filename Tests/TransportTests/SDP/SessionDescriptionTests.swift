// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Transport

struct SessionDescriptionTests {
    private func refusal(_ text: String) -> SDPError? {
        do {
            _ = try SessionDescription.parse(text)
            return nil
        } catch {
            return error
        }
    }

    private let head = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
    private let video = "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:1\r\n"

    @Test("a Chromium offer is read: codecs, extensions, layers")
    func chromium() throws {
        let description = try SessionDescription.parse(Fixtures.text("SDP/chromium-publish.sdp"))
        #expect(description.bundle == ["0", "1"])
        #expect(description.media.map(\.mid) == ["0", "1"])
        let audio = description.media[0]
        #expect(audio.codecs == [NegotiatedCodec(codec: .opus, payloadType: 111)])
        #expect(audio.direction == .sendOnly)
        #expect(audio.sources.count == 1)
        #expect(audio.hasRTCPMux)
        #expect(audio.setup == .actpass)
        #expect(audio.credentials != nil)
        #expect(audio.fingerprint != nil)
        let video = description.media[1]
        #expect(
            video.codecs == [
                NegotiatedCodec(codec: .vp8, payloadType: 96, rtxPayloadType: 97),
                NegotiatedCodec(codec: .vp9, payloadType: 98, rtxPayloadType: 99),
            ]
        )
        #expect(video.simulcast?.send == ["low", "medium", "high"])
        #expect(video.restrictions.map(\.id) == ["low", "medium", "high"])
        #expect(
            video.extensions.compactMap(\.kind) == [
                .absSendTime, .transportSequenceNumber, .mid, .rid, .repairedRid, .dependencyDescriptor,
            ]
        )
        #expect(video.payloads.first?.feedback.contains("nack pli") == true)
        #expect(description.transportSection?.mid == "0")
        let later = try SessionDescription.parse(Fixtures.text("SDP/chromium-screen.sdp"))
        #expect(later.media[0].candidates.map(\.transport) == [.udp, .udp, .tcpActive, .tcpActive])
    }

    @Test("a Firefox offer is read: session-level fingerprint, directed extensions, bundled ports of 0")
    func firefox() throws {
        let description = try SessionDescription.parse(Fixtures.text("SDP/firefox-screen.sdp"))
        #expect(description.media.count == 3)
        for section in description.media {
            #expect(section.fingerprint != nil)
            #expect(!section.isRejected)
            #expect(section.credentials != nil)
        }
        #expect(description.media[0].codecs == [NegotiatedCodec(codec: .opus, payloadType: 109)])
        #expect(description.media[1].codecs.map(\.payloadType) == [120, 121])
        #expect(description.media[1].codecs.map(\.rtxPayloadType) == [124, 125])
        #expect(description.media[1].sourceGroups.count == 3)
        #expect(description.media[1].extensions.first { $0.kind == .rid }?.direction == .sendOnly)
        #expect(description.media[2].simulcast == nil)
    }

    @Test("an aiortc offer is read: a line for each hash, candidates in each section")
    func aiortc() throws {
        let description = try SessionDescription.parse(Fixtures.text("SDP/aiortc-publish.sdp"))
        #expect(description.media.map(\.fingerprint).allSatisfy { $0 != nil })
        #expect(description.media[0].candidates.count == 2)
        #expect(description.media[0].hasEndOfCandidates)
        #expect(description.media[0].codecs == [NegotiatedCodec(codec: .opus, payloadType: 96)])
        #expect(description.media[1].codecs == [NegotiatedCodec(codec: .vp8, payloadType: 97, rtxPayloadType: 98)])
    }

    @Test(
        "what is written reads back the same",
        arguments: [
            "chromium-publish", "chromium-screen", "firefox-publish", "firefox-screen", "aiortc-publish",
        ]
    )
    func roundTrip(name: String) throws {
        let description = try SessionDescription.parse(Fixtures.text("SDP/\(name).sdp"))
        let text = description.text
        #expect(text.hasSuffix("\r\n"))
        #expect(try SessionDescription.parse(text) == description)
    }

    @Test("lines about payload types that aren't offered are passed over, as Firefox leaves them behind")
    func danglingLines() throws {
        let text =
            head + video + "a=rtcp-fb:123 nack\r\na=rtpmap:45 AV1/90000\r\na=fmtp:45 profile=0\r\n"
            + "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:* ccm fir\r\na=rtcp-fb:96 nack\r\n"
        let section = try #require(try SessionDescription.parse(text).media.first)
        #expect(section.payloads.map(\.payloadType) == [96, 97])
        #expect(section.payloads[0].feedback == ["nack", "ccm fir"])
    }

    @Test("VP9 of another profile, Opus in mono and unpaired retransmissions are not ours")
    func otherCodecs() throws {
        let text =
            head + "m=video 9 UDP/TLS/RTP/SAVPF 100 101 98\r\na=rtpmap:100 VP9/90000\r\na=fmtp:100 profile-id=2\r\n"
            + "a=rtpmap:101 rtx/90000\r\na=fmtp:101 apt=55\r\na=rtpmap:98 vp9/90000\r\n"
            + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000\r\n"
        let description = try SessionDescription.parse(text)
        #expect(description.media[0].codecs == [NegotiatedCodec(codec: .vp9, payloadType: 98)])
        #expect(description.media[1].codecs == [])
    }

    @Test("each broken rule is refused by its name")
    func refusals() {
        #expect(refusal("") == .unsupportedVersion)
        #expect(refusal("v=1\r\n") == .unsupportedVersion)
        #expect(refusal("o=- 1 2 IN IP4 0\r\n") == .unsupportedVersion)
        #expect(refusal(head + "nonsense\r\n") == .malformedLine)
        #expect(refusal(head + "é=1\r\n") == .malformedLine)
        #expect(refusal(head + "m=video 9 UDP/TLS/RTP/SAVPF\r\n") == .malformedMediaLine)
        #expect(refusal(head + "m=video 99999 UDP/TLS/RTP/SAVPF 96\r\n") == .malformedMediaLine)
        #expect(refusal(head + "m=video 9 UDP/TLS/RTP/SAVPF 128\r\n") == .malformedPayloadType)
        #expect(refusal(head + "m=video 9 UDP/TLS/RTP/SAVPF x\r\n") == .malformedPayloadType)
        #expect(refusal(head + "m=video 9 UDP/TLS/RTP/SAVPF 96 96\r\n") == .duplicatePayloadType)
        #expect(refusal(head + video + video) == .duplicateMid)
        for (line, attribute) in [
            ("a=rtpmap:96 VP8", .rtpMap), ("a=rtpmap:x VP8/90000", .rtpMap), ("a=mid:a b", .mid), ("a=mid:", .mid),
            ("a=extmap:x urn:y", .extensionMap), ("a=extmap:1", .extensionMap),
            ("a=extmap:1/sideways urn:y", .extensionMap), ("a=setup:maybe", .setup), ("a=rid:a! send", .restriction),
            ("a=rid:a sideways", .restriction), ("a=simulcast:send", .simulcast),
            ("a=simulcast:send a;a", .simulcast), ("a=simulcast:send a send b", .simulcast),
            ("a=simulcast:send ;", .simulcast), ("a=ssrc:4294967296 cname:x", .source),
            ("a=ssrc-group:FID 1 x", .sourceGroup), ("a=msid:", .msid), ("a=ice-ufrag:", .iceUfrag),
        ] as [(String, SDPAttribute)] {
            #expect(refusal(head + video + line + "\r\n") == .malformed(attribute), "\(line)")
        }
    }

    @Test("sizes and counts are bounded")
    func bounds() {
        #expect(refusal(head + String(repeating: "a=x\r\n", count: 60_000)) == .tooLong)
        #expect(refusal(head + String(repeating: "a=x\n", count: 20_000)) == .tooManyLines)
        #expect(refusal(head + "a=" + String(repeating: "x", count: 2_100)) == .lineTooLong)
        let sections = String(repeating: "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", count: SDPLimits.sections + 1)
        #expect(refusal(head + sections) == .tooManySections)
        for (line, attribute) in [
            ("a=rtcp-fb:96 nack", .rtcpFeedback), ("a=rtcp-fb:* nack", .rtcpFeedback),
            ("a=extmap:1 urn:y", .extensionMap), ("a=ssrc-group:FID 1", .sourceGroup), ("a=rid:a send", .restriction),
            ("a=candidate:1 1 udp 1 192.0.2.1 9 typ host", .candidate),
        ] as [(String, SDPAttribute)] {
            #expect(refusal(head + video + String(repeating: line + "\r\n", count: 200)) == .tooMany(attribute))
        }
        let sources = (0..<200).map { "a=ssrc:\($0) cname:x\r\n" }.joined()
        #expect(refusal(head + video + sources) == .tooMany(.source))
    }

    @Test("candidates with host names, and ids that mean any id, are passed over")
    func passedOver() throws {
        let text =
            head + video
            + "a=candidate:1 1 udp 2 00000000-0000-4000-8000-000000000000.local 9 typ host\r\n"
            + "a=candidate:nonsense\r\na=extmap:4096 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=extmap:15 urn:x\r\n"
        let section = try #require(try SessionDescription.parse(text).media.first)
        #expect(section.candidates.isEmpty)
        #expect(section.extensions.isEmpty)
    }

    @Test("alternatives and paused streams of a simulcast are read by their first name")
    func simulcastForms() throws {
        let text = head + video + "a=simulcast:recv x send ~1,2;3\r\n"
        let section = try #require(try SessionDescription.parse(text).media.first)
        #expect(section.simulcast == SimulcastDescription(send: ["1", "3"], receive: ["x"]))
    }

    @Test("damaged offers are read or refused, never worse")
    func noise() throws {
        var randomness = SeededRandomness(seed: 5)
        let valid = Array(try Fixtures.text("SDP/firefox-screen.sdp").utf8)
        for _ in 0..<200 {
            var bytes = valid
            for _ in 0..<8 {
                bytes[Int.random(in: 0..<bytes.count, using: &randomness)] = UInt8.random(
                    in: 0...255,
                    using: &randomness
                )
            }
            _ = refusal(String(decoding: bytes, as: UTF8.self))
        }
    }
}
