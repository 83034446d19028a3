// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import TestSupport
import Testing

@Suite("Server messages")
struct ServerMessageTests {
    static let view = ParticipantView(
        id: Samples.ana,
        name: Samples.name("Ana"),
        role: .host,
        microphone: true,
        hand: true
    )
    static let publicChat = ChatEntry(
        id: Samples.chatID("c1"),
        from: Samples.ana,
        name: Samples.name("Ana"),
        text: Samples.text("hello\n\"you\""),
        at: 12
    )
    static let privateChat = ChatEntry(
        id: Samples.chatID("c2"),
        from: Samples.ana,
        name: Samples.name("Ana"),
        text: Samples.text("psst"),
        to: Samples.bo,
        at: 13
    )

    static let examples: [ServerMessage] =
        [
            .welcome(
                Welcome(
                    own: Samples.ana,
                    resume: Samples.resume(1),
                    resumed: true,
                    role: .cohost,
                    participants: [view],
                    settings: MeetingSettings(locked: true, lobby: true),
                    startedAgo: 12_345,
                    knocks: [Knock(participant: Samples.bo, name: Samples.name("Bo"))],
                    chat: [publicChat],
                    iceServers: [
                        ICEServer(urls: ["turn:t.example"], username: "u", credential: "c"), ICEServer(urls: []),
                    ]
                )
            ),
            .waiting(hostPresent: false), .participant(view), .meeting(MeetingSettings(locked: true)),
            .knock(Knock(participant: Samples.bo, name: Samples.name("Bo"))), .knockGone(Samples.bo),
            .published(request: 1, answer: "v=0\r\n"),
            .subscribe(
                request: 7,
                offer: "v=0\r\n",
                tracks: [SubscriptionEntry(mid: "0", track: TrackID(participant: Samples.bo, source: .screenAudio))]
            ),
            .speakers([]), .speakers([SpeakerLevel(participant: Samples.ana, level: 30)]), .muted(by: Samples.ana),
            .chat(publicChat), .chat(privateChat), .reaction(from: Samples.ana, Reaction("👍")!),
            .ended(by: Samples.ana), .ended(by: nil), .removed(by: Samples.ana), .draining, .pong(4),
        ] + JoinRefusal.allCases.map { .refused($0) } + LeftReason.allCases.map { .left(Samples.bo, $0) }
        + ConnectionQuality.allCases.map { .quality(Samples.bo, $0) }
        + ErrorCode.allCases.map { .error($0, request: nil, detail: "why") }
        + [.error(.sdp, request: 3, detail: "malformed")]

    @Test("every message is written and read the same", arguments: examples)
    func roundTrip(message: ServerMessage) throws {
        #expect(try ServerMessage(parsing: message.serialized()) == message)
    }

    @Test("the wire is what docs/protocol.md says")
    func wire() {
        func text(_ message: ServerMessage) -> String { String(decoding: message.serialized(), as: UTF8.self) }
        #expect(
            text(.participant(Self.view)) == """
                {"type":"participant","participant":{"id":"000000000000000a","name":"Ana","role":"host",\
                "microphone":true,"camera":false,"screen":false,"hand":true,"connected":true}}
                """
        )
        #expect(
            text(.chat(Self.privateChat)) == """
                {"type":"chat","id":"c2","from":"000000000000000a","name":"Ana","text":"psst","private":true,\
                "to":"000000000000000b","at":13}
                """
        )
        #expect(text(.ended(by: nil)) == #"{"type":"ended","by":null}"#)
        #expect(
            text(.error(.rate, request: nil, detail: "messages"))
                == #"{"type":"error","code":"rate","detail":"messages"}"#
        )
        #expect(
            text(.waiting(hostPresent: true)) == #"{"type":"waiting","hostPresent":true}"#
        )
    }

    @Test("damaged messages never trap")
    func mutations() throws {
        var randomness = SeededRandomness(seed: 5)
        let words = Self.examples.map { $0.serialized() }
        for _ in 0..<20_000 {
            var bytes = words.randomElement(using: &randomness) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &randomness) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &randomness)
                if Bool.random(using: &randomness) {
                    bytes[index] = UInt8.random(in: 0...255, using: &randomness)
                } else {
                    bytes.remove(at: index)
                }
            }
            guard let message = try? ServerMessage(parsing: bytes) else { continue }
            #expect(try ServerMessage(parsing: message.serialized()) == message)
        }
    }
}
