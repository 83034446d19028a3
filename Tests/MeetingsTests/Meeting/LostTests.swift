// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import NativeCrypto
import Testing

@Suite("Who is lost")
struct LostTests {
    @Test("after fifteen seconds the node asks for the removal, and the place is theirs until it is committed")
    func removal() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        try room.cut(people[1])
        #expect(try room.pass(.milliseconds(14_999)).isEmpty)
        let asked = try room.pass(.milliseconds(1))
        guard case .proposal(_, let bytes)? = asked.told(people[0]).first else { return #expect(Bool(false)) }
        // It is signed by the node's key as the first external sender, and asks for that leaf.
        guard case .publicMessage(let message) = try MessageIn(decoding: bytes).message else {
            return #expect(Bool(false))
        }
        #expect(message.content.sender == .external(0))
        #expect(message.content.content == .proposal(.remove(LeafIndex(1))))
        #expect(asked.media.isEmpty)
        // Said once in an epoch.
        #expect(try room.pass(.seconds(30)).isEmpty)
        #expect(try room.join(people[1], resume: people[1].token).entrance(people[1])?.resumed == true)
        try room.cut(people[1])
        let gone = try room.say(people[0], .commit(people[0].commit()))
        #expect(gone.media == [.leave(people[1].id)])
        #expect(room.agree([people[0], people[2]]))
        // Then the token brings nobody back; the link does.
        #expect(try room.join(people[1], resume: people[1].token).door(people[1]) != nil)
        #expect(try room.say(people[1], .commit(room.entry(people[1]))).entrance(people[1]) != nil)
        #expect(room.agree(people))
    }

    @Test("an epoch that ends without the removal is followed by the same wish")
    func again() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        try room.cut(people[1])
        try room.pass(.seconds(15))
        let next = try room.say(people[2], .commit(people[2].commit(pending: .none)))
        #expect(next.types(people[0]) == ["commit", "proposal"])
        #expect(next.types(people[2]) == ["accepted", "proposal"])
        // Somebody who comes by an external commit can't take it along either.
        let other = try room.client()
        let came = try room.comeIn(other)
        #expect(came.types(people[0]) == ["commit", "proposal"])
        #expect(came.types(other) == ["welcome", "proposal"])
        try room.say(other, .commit(other.commit()))
        #expect(room.agree([people[0], people[2], other]) && other.group?.tree.memberCount == 3)
    }

    @Test("who came back just before the removal is told to come in anew, by nobody's act")
    func removedThoughBack() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        try room.cut(people[1])
        try room.pass(.seconds(15))
        try room.join(people[1], resume: people[1].token)
        let gone = try room.say(people[0], .commit(people[0].commit()))
        #expect(gone.types(people[1]) == ["commit", "refused"])
        #expect(gone.refusal(people[1]) == .outOfStep && gone.closing(people[1])?.cause == .limit(.grace))
    }

    @Test("who goes away says so, and is waited for a shorter while")
    func away() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let gone = try room.say(people[1], .away)
        #expect(gone.closing(people[1])?.reason == .left && gone.media.isEmpty)
        #expect(gone.told(people[0]) == [.participant(Presence(id: people[1].id, connected: false))])
        #expect(try room.pass(.milliseconds(9_999)).isEmpty)
        #expect(try room.pass(.milliseconds(1)).types(people[0]) == ["proposal"])
        #expect(try room.join(people[1], resume: people[1].token, media: .new).entrance(people[1])?.resumed == true)
    }

    @Test("several who are lost at the same moment all go with one commit")
    func many() throws {
        let room = try Room()
        let people = try room.gathering(of: 4)
        for person in people[1...] { try room.cut(person) }
        #expect(try room.pass(.seconds(15)).types(people[0]) == Array(repeating: "proposal", count: 4))
        let gone = try room.say(people[0], .commit(people[0].commit()))
        #expect(Set(gone.media) == Set(people[1...].map { .leave($0.id) }))
        #expect(people[0].group?.tree.memberCount == 1)
    }

    @Test("with nobody there the node asks nobody; whoever comes back hears it")
    func nobody() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        for person in people { try room.cut(person) }
        #expect(try room.pass(.seconds(20)).isEmpty)
        let back = try room.join(people[0], resume: people[0].token)
        #expect(back.types(people[0]) == ["welcome", "ready", "proposal"])
    }
}
