// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import NativeCrypto
import Testing

@Suite("Messages of members")
struct MessageTests {
    @Test("what a member says reaches all others, numbered, and the sender learns the number if it asks")
    func broadcast() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let hello = try people[1].message("hello", request: 7)
        guard case .message(let bytes, _, _) = hello else { return #expect(Bool(false)) }
        let said = try room.say(people[1], hello)
        let heard = ServerMessage.message(sequence: 3, from: people[1].id, message: bytes)
        #expect(said.told(people[0]) == [heard] && said.told(people[2]) == [heard])
        #expect(said.told(people[1]) == [.sent(request: 7, sequence: 3)])
        #expect(try room.say(people[1], people[1].message("again")).told(people[1]).isEmpty)
    }

    @Test("a message to one reaches that one alone, without a number, and isn't kept")
    func directed() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let whisper = try people[0].message("psst", to: people[1], request: 1)
        guard case .message(let bytes, _, _) = whisper else { return #expect(Bool(false)) }
        let said = try room.say(people[0], whisper)
        #expect(said.told(people[1]) == [.message(sequence: nil, from: people[0].id, message: bytes)])
        #expect(said.told(people[2]).isEmpty && said.told(people[0]) == [.sent(request: 1, sequence: nil)])
        try room.cut(people[1])
        let missed = try room.say(people[0], people[0].message("psst", to: people[1], request: 2))
        #expect(
            missed == [
                .send(.error(.noSuchParticipant, request: 2, detail: "message"), to: [people[0].connection])
            ]
        )
        #expect(try room.join(people[1], resume: people[1].token).types(people[1]) == ["welcome", "ready"])
        #expect(try room.say(people[0], people[0].message("me", to: people[0])).errors == [.noSuchParticipant])
        let outsider = try room.client()
        try room.join(outsider)
        #expect(try room.say(people[0], people[0].message("you", to: outsider)).errors == [.noSuchParticipant])
    }

    @Test("what was said in an epoch just left still arrives; from long ago or another room it doesn't")
    func epochs() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let slow = try people[1].message("slow")
        for _ in 0..<16 { try room.say(people[0], .commit(people[0].commit())) }
        #expect(try room.say(people[1], slow).types(people[0]) == ["message"])
        try room.say(people[0], .commit(people[0].commit()))
        #expect(try room.say(people[1], slow).errors == [.stale])
        let other = try Room(seed: 9)
        let stranger = try other.found()
        #expect(try room.say(people[1], stranger.message("x")).errors == [.malformed])
    }

    @Test("only private messages with application data are passed on")
    func otherForms() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        for bytes in [[], [1, 2], people[1].keyPackage, try people[1].commit().commit] {
            let answer = try room.say(people[1], .message(bytes, to: nil, request: 3))
            #expect(answer == [.send(.error(.malformed, request: 3, detail: "message"), to: [people[1].connection])])
        }
        guard var group = people[1].group else { return #expect(Bool(false)) }
        var entropy = room.node.entropy
        let hidden = try group.propose(
            .remove(LeafIndex(0)),
            format: .privateMessage(paddingBlock: 0),
            rules: OpenRules(),
            using: &entropy
        )
        #expect(try room.say(people[1], .message(hidden.encoded, to: nil, request: nil)).errors == [.malformed])
    }
}
