// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import TestSupport
import Testing

@Suite("Server messages")
struct ServerMessageTests {
    static let door = Door(
        participant: Samples.ana,
        card: [1, 2, 3],
        current: true,
        epoch: 4,
        generation: 2,
        lobby: true,
        locked: false,
        hostPresent: true,
        accountable: false,
        key: [9]
    )
    static let knock = SealedKnock(participant: Samples.bo, knock: [7], meeting: Samples.otherMeeting)
    static let entrance = Entrance(
        own: Samples.ana,
        resume: Samples.resume(1),
        resumed: true,
        epoch: 5,
        sequence: 6,
        participants: [Presence(id: Samples.ana, connected: true), Presence(id: Samples.bo, connected: false)],
        startedAgo: 12_345,
        iceServers: [ICEServer(urls: ["turn:t.example"], username: "u", credential: "c"), ICEServer(urls: [])],
        knocks: [knock],
        welcome: [1],
        tree: [2],
        invitation: [3],
        qualities: [QualityEntry(participant: Samples.bo, quality: .poor)]
    )

    static let examples: [ServerMessage] =
        [
            .door(door), .vacant(Samples.ana, key: [1, 2]), .waiting(hostPresent: false),
            .group(epoch: 3, groupInfo: [1], tree: [2, 2]), .welcome(entrance),
            .welcome(
                Entrance(own: Samples.ana, resume: Samples.resume(2), epoch: 0, sequence: 0, participants: [])
            ),
            .accepted(request: 1, epoch: 2, sequence: 3), .commit(sequence: 1, epoch: 2, commit: [3]),
            .proposal(sequence: 1, proposal: [2]), .reopened(sequence: 1, epoch: 2, refusals: [[3], []]),
            .ready(epoch: 7), .sent(request: 1, sequence: 2), .sent(request: 1, sequence: nil),
            .message(sequence: 1, from: Samples.bo, message: [2]),
            .message(sequence: nil, from: Samples.bo, message: []),
            .participant(Presence(id: Samples.bo, connected: false)), .knock(knock), .knockGone(Samples.bo),
            .published(request: 1, answer: "v=0\r\n"),
            .subscribe(
                request: 7,
                offer: "v=0\r\n",
                tracks: [SubscriptionEntry(mid: "0", track: TrackID(participant: Samples.bo, source: .screenAudio))]
            ),
            .speakers([]), .speakers([SpeakerLevel(participant: Samples.ana, level: 30)]),
            .ended(by: Samples.ana), .removed(by: Samples.ana), .draining, .pong(4),
        ] + JoinRefusal.allCases.map { .refused($0) }
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
            text(.door(Self.door)) == """
                {"type":"door","participant":"000000000000000a","card":"AQID","current":true,"epoch":4,\
                "generation":2,"lobby":true,"locked":false,"hostPresent":true,"accountable":false,"key":"CQ"}
                """
        )
        #expect(
            text(.welcome(Self.entrance)) == """
                {"type":"welcome","self":"000000000000000a","resume":"\(Samples.resume(1).text)","resumed":true,\
                "epoch":5,"seq":6,"participants":[{"id":"000000000000000a","connected":true},\
                {"id":"000000000000000b","connected":false}],"startedAgo":12345,\
                "iceServers":[{"urls":["turn:t.example"],"username":"u","credential":"c"},{"urls":[]}],\
                "knocks":[{"participant":"000000000000000b","knock":"Bw","meeting":"BBBBBBBBBBBBBBBBBBBBBB"}],\
                "welcome":"AQ","tree":"Ag","invitation":"Aw",\
                "quality":[{"participant":"000000000000000b","quality":"poor"}]}
                """
        )
        #expect(
            text(.commit(sequence: 1, epoch: 2, commit: [3])) == #"{"type":"commit","seq":1,"epoch":2,"commit":"Aw"}"#
        )
        #expect(
            text(.reopened(sequence: 1, epoch: 2, refusals: [[3]]))
                == #"{"type":"reopened","seq":1,"epoch":2,"refusals":["Aw"]}"#
        )
        #expect(
            text(.message(sequence: nil, from: Samples.bo, message: [2]))
                == #"{"type":"message","from":"000000000000000b","message":"Ag"}"#
        )
        #expect(
            text(.participant(Presence(id: Samples.bo, connected: false)))
                == #"{"type":"participant","participant":"000000000000000b","connected":false}"#
        )
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
