// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Coming back")
struct ResumeTests {
    @Test("a cut socket shows as not connected and media goes on; what was missed comes in order")
    func withinGrace() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let cut = try room.cut(people[1])
        #expect(cut.media.isEmpty)
        #expect(cut.told(people[0]) == [.participant(Presence(id: people[1].id, connected: false))])
        #expect(room.node.directory.nextDeadline.map { $0 <= room.node.now + .seconds(15) } == true)
        let said = try people[0].message("one")
        try room.say(people[0], said)
        try room.say(people[2], .commit(people[2].commit()))
        try room.pass(.milliseconds(14_999))

        let back = try room.join(people[1], resume: people[1].token)
        let entrance = try #require(back.entrance(people[1]))
        #expect(entrance.resumed && entrance.own == people[1].id && entrance.resume == people[1].token)
        #expect(entrance.sequence == 4 && entrance.epoch == 3)
        #expect(back.types(people[1]) == ["welcome", "message", "commit"])
        #expect(back.media.isEmpty)
        #expect(back.told(people[0]) == [.participant(Presence(id: people[1].id, connected: true))])
        #expect(room.agree(people))
        #expect(try room.pass(.seconds(100)).isEmpty)
    }

    @Test("a token in another's hands opens nothing: whoever has it comes to the door, and the place stays taken")
    func othersToken() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let thief = try room.client()
        let answer = try room.join(thief, resume: people[1].token)
        #expect(answer.door(thief) != nil && answer.entrance(thief) == nil)
        #expect(answer.closing(people[1]) == nil && answer.told(people[0]).isEmpty)
        try room.cut(people[1])
        #expect(try room.join(people[1], resume: people[1].token).entrance(people[1])?.resumed == true)
    }

    @Test("one's own commit comes back too: whoever was cut before the answer learns that it was accepted")
    func ownCommit() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let before = people[1].sequence
        let request = try people[1].commit()
        try room.say(people[1], .commit(request))
        try room.cut(people[1])
        people[1].isStubborn = true
        people[1].sequence = before
        let back = try room.join(people[1], resume: people[1].token)
        #expect(back.told(people[1]).contains(.commit(sequence: before + 1, epoch: 1, commit: request.commit)))
    }

    @Test("if what was missed is no longer kept, the answer is to come in anew, into the same place")
    func outOfStep() throws {
        let room = try Room { $0.backlogEntries = 2 }
        let people = try room.gathering(of: 1)
        try room.cut(people[1])
        for text in ["1", "2", "3"] { try room.say(people[0], people[0].message(text)) }
        let refused = try room.join(people[1], resume: people[1].token)
        #expect(refused.refusal(people[1]) == .outOfStep && refused.closing(people[1])?.cause == .limit(.backlog))
        let anew = try room.comeIn(people[1])
        #expect(anew.entrance(people[1])?.participants.count == 2)
        #expect(anew.media == [.leave(people[1].id), .join(people[1].id)])
        #expect(room.agree(people) && people[0].group?.tree.memberCount == 2)
    }

    @Test("it is kept for a minute, and for so many bytes")
    func backlogLimits() throws {
        let room = try Room { $0.backlogBytes = 1_000 }
        let people = try room.gathering(of: 1)
        let before = people[1].sequence
        try room.cut(people[1])
        try room.say(people[0], people[0].message(String(repeating: "a", count: 400)))
        #expect(try room.join(people[1], resume: people[1].token).entrance(people[1]) != nil)
        try room.cut(people[1])
        try room.say(people[0], people[0].message(String(repeating: "a", count: 900)))
        #expect(try room.join(people[1], resume: people[1].token).refusal(people[1]) == .outOfStep)
        people[1].sequence = before + 99
        #expect(try room.join(people[1], resume: people[1].token).refusal(people[1]) == .outOfStep)

        let other = try Room()
        let pair = try other.gathering(of: 1)
        try other.cut(pair[1])
        try other.say(pair[0], pair[0].message("late"))
        other.node.now = other.node.now + .milliseconds(60_001)
        #expect(try other.join(pair[1], resume: pair[1].token).refusal(pair[1]) == .outOfStep)
    }

    @Test("coming back before the old socket is known to be dead takes its place; its end then means nothing")
    func superseded() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let old = people[1].connection
        let back = try room.join(people[1], resume: people[1].token)
        #expect(back.closing(old)?.reason == .superseded && back.closing(old)?.cause == .ownAct)
        #expect(back.entrance(people[1])?.own == people[1].id)
        #expect(back.told(people[0]).isEmpty)
        #expect(try room.handle(.disconnected(old)).isEmpty)
        #expect(try room.say(people[1], .ping(1)).told(people[1]) == [.pong(1)])
    }

    @Test("a page that was loaded again comes in as the same person, in place of the old leaf and socket")
    func reload() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        try room.say(people[0], .commit(people[0].commit { $0.locked = true }))
        let old = people[1].connection
        try room.join(people[1])
        // Until its commit the old one stays.
        #expect(try room.handle(.received(old, ClientMessage.ping(1).serialized())).told(old) == [.pong(1)])
        let came = try room.say(people[1], .commit(room.entry(people[1])))
        #expect(came.closing(old)?.reason == .superseded && came.closing(old)?.cause == .ownAct)
        #expect(came.media == [.leave(people[1].id), .join(people[1].id)])
        #expect(came.entrance(people[1])?.participants.count == 2)
        #expect(room.agree(people))
    }

    @Test("a client that lost its connections begins again with the same id")
    func newMedia() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let guest = people[1]
        let alias = room.link.keys.alias
        try room.handle(.media(alias, .subscribe(guest.id, request: 1, offer: "o", tracks: [])))
        let back = try room.join(guest, resume: guest.token, media: .new)
        #expect(back.media == [.leave(guest.id), .join(guest.id)])
        #expect(!back.types(guest).contains("subscribe"))
        #expect(try room.say(guest, .answer(request: 1, answer: "a")).errors == [.outOfOrder])
    }

    @Test("the others see no lost connection any more when somebody begins again")
    func newMediaQuality() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let alias = room.link.keys.alias
        try room.handle(.media(alias, .connection(people[1].id, .publisher, .lost)))
        let back = try room.join(people[1], resume: people[1].token, media: .new)
        #expect(back.told(people[0]) == [.quality(people[1].id, .good)])
        #expect(try room.handle(.media(alias, .connection(people[1].id, .publisher, .connected))).isEmpty)
    }

    @Test("an offer that wasn't answered before the cut is made again; one sent meanwhile isn't lost")
    func openOffer() throws {
        let room = try Room()
        let guest = try room.gathering(of: 1)[1]
        let alias = room.link.keys.alias
        try room.handle(.media(alias, .subscribe(guest.id, request: 1, offer: "one", tracks: [])))
        try room.say(guest, .answer(request: 1, answer: "a"))
        try room.cut(guest)
        #expect(try room.handle(.media(alias, .subscribe(guest.id, request: 2, offer: "two", tracks: []))).isEmpty)
        let back = try room.join(guest, resume: guest.token)
        #expect(back.told(guest).contains(.subscribe(request: 2, offer: "two", tracks: [])))
        #expect(try room.say(guest, .answer(request: 2, answer: "b")).media.count == 1)
    }

    @Test("an answer lost with the socket doesn't block the next offer, and comes too late then")
    func openPublish() throws {
        let room = try Room()
        let guest = try room.gathering(of: 1)[1]
        try room.say(guest, .publish(request: 1, offer: "one", sources: []))
        try room.cut(guest)
        try room.join(guest, resume: guest.token)
        let late = MediaEvent.published(guest.id, request: 1, answer: "late")
        #expect(try room.handle(.media(room.link.keys.alias, late)).isEmpty)
        let again = try room.say(guest, .publish(request: 2, offer: "two", sources: []))
        #expect(again.media == [.publish(guest.id, request: 2, offer: "two", sources: [])])
    }

    @Test("a token of nobody is no reason to refuse")
    func unknownToken() throws {
        let room = try Room()
        _ = try room.found()
        let guest = try room.client()
        #expect(try room.join(guest, resume: Samples.resume(42)).door(guest) != nil)
    }
}
