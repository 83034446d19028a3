// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Commits that the others refuse")
struct ReopeningTests {
    /// Four people, of whom the second makes a commit that the others say they can't follow.
    private struct Stage {
        let room: Room
        let people: [Client]
        let commit: [UInt8]
        let epoch: UInt64
        let before: Client.State

        init(_ make: (Client, Room) throws -> CommitRequest = { client, _ in try client.commit() }) throws {
            room = try Room()
            people = try room.gathering(of: 3)
            epoch = people[0].group?.epoch ?? 0
            let request = try make(people[1], room)
            for index in [0, 2, 3] { people[index].isStubborn = true }
            before = people[1].state
            try room.say(people[1], .commit(request))
            commit = request.commit
            for index in [0, 2, 3] { people[index].isStubborn = false }
        }

        func refuse(_ index: Int) throws -> [DirectoryAction] {
            try room.say(people[index], people[index].refusal(of: commit))
        }
    }

    @Test("more than half of the others reopen the epoch, its author stays out of it, and it goes on")
    func majority() throws {
        let stage = try Stage()
        let people = stage.people
        #expect(try stage.refuse(0).isEmpty)
        // One's own word counts once.
        #expect(try stage.refuse(0).isEmpty)
        let reopened = try stage.refuse(2)
        guard case .reopened(let number, let epoch, let refusals)? = reopened.told(people[3]).first else {
            return #expect(Bool(false))
        }
        #expect(number == 5 && epoch == stage.epoch && refusals.count == 2)
        for person in people { #expect(reopened.types(person).first == "reopened") }
        // The others can check each of them.
        let group = try #require(people[0].group)
        for bytes in refusals {
            #expect(try CommitRefusal(decoding: bytes).isValid(of: stage.commit, in: group.shared))
        }
        people[1].go(backTo: stage.before)
        let barred = try stage.room.say(people[1], .commit(people[1].commit()))
        #expect(barred.errors == [.barred])
        try stage.room.say(people[3], .commit(people[3].commit()))
        #expect(stage.room.agree(people))
        // In the next epoch the author may again.
        #expect(try stage.room.say(people[1], .commit(people[1].commit())).types(people[1]) == ["accepted"])
        #expect(stage.room.agree(people))
    }

    @Test("half of the others isn't enough, nor are those who are gone counted out")
    func minority() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        for index in [0, 2] { people[index].isStubborn = true }
        let request = try people[1].commit()
        try room.say(people[1], .commit(request))
        #expect(try room.say(people[0], people[0].refusal(of: request.commit)).isEmpty)
        #expect(try room.cut(people[2]).types(people[0]).contains("reopened") == false)
        // A third of the group can't be talked away by cutting it off.
        #expect(people[1].group?.epoch == 3)
    }

    @Test("a refusal has to be of the newest commit, signed by its sender, in time, and not the author's own")
    func invalid() throws {
        let stage = try Stage()
        let people = stage.people
        let foreign = try people[0].refusal(of: stage.commit)
        #expect(try stage.room.say(people[2], foreign).errors == [.refusal])
        #expect(try stage.room.say(people[0], people[0].refusal(of: [1, 2])).errors == [.refusal])
        #expect(try stage.room.say(people[0], .refuse([1])).errors == [.refusal])
        guard case .refuse(var damaged) = foreign else { return #expect(Bool(false)) }
        damaged[damaged.count - 1] ^= 1
        #expect(try stage.room.say(people[0], .refuse(damaged)).errors == [.refusal])
        people[1].go(backTo: stage.before)
        #expect(try stage.room.say(people[1], people[1].refusal(of: stage.commit)).errors == [.refusal])
        #expect(try stage.refuse(0).isEmpty)
        stage.room.node.now = stage.room.node.now + .milliseconds(10_001)
        #expect(try stage.refuse(2).errors == [.refusal])
    }

    @Test("once the next commit is accepted, the one before stands")
    func settled() throws {
        let stage = try Stage()
        _ = try stage.refuse(0)
        for person in stage.people { person.isStubborn = true }
        try stage.room.say(stage.people[1], .commit(stage.people[1].commit()))
        #expect(try stage.refuse(2).errors == [.refusal])
    }

    @Test("whom a void commit let in stands outside, and may come in again")
    func voidAddition() throws {
        var newcomer: Client?
        let stage = try Stage { author, room in
            let guest = try room.client()
            try room.join(guest)
            newcomer = guest
            return try author.commit(add: [guest])
        }
        let guest = try #require(newcomer)
        #expect(guest.group?.epoch == stage.epoch + 1)
        _ = try stage.refuse(0)
        let reopened = try stage.refuse(2)
        #expect(reopened.refusal(guest) == .outOfStep && reopened.closing(guest)?.cause == .refusals)
        #expect(reopened.media == [.leave(guest.id)])
        stage.people[1].go(backTo: stage.before)
        #expect(try stage.room.comeIn(guest).entrance(guest) != nil)
        #expect(stage.room.agree([stage.people[0], stage.people[2], guest]))
    }

    @Test("who came in by a void commit of their own is barred and outside")
    func voidEntry() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let intruder = try room.client()
        try room.join(intruder)
        let entry = try room.entry(intruder)
        for person in people { person.isStubborn = true }
        try room.say(intruder, .commit(entry))
        for person in people { person.isStubborn = false }
        try room.say(people[0], people[0].refusal(of: entry.commit))
        let reopened = try room.say(people[1], people[1].refusal(of: entry.commit))
        #expect(reopened.refusal(intruder) == .outOfStep && reopened.media == [.leave(intruder.id)])
        try room.join(intruder)
        #expect(try room.say(intruder, .commit(room.entry(intruder))).errors == [.barred])
        #expect(try room.say(people[0], .commit(people[0].commit())).types(people[0]) == ["accepted"])
        #expect(room.agree(people))
    }

    @Test("whom a void commit removed has the place again, and a void link leads nowhere")
    func voidRemoval() throws {
        let room = try Room()
        let people = try room.gathering(of: 3)
        let request = try people[0].commit(remove: [people[3]])
        for person in people { person.isStubborn = true }
        try room.say(people[0], .commit(request))
        let lost = try room.client(link: people[0].link)
        try room.join(lost)
        #expect(people[0].link.keys.alias != room.link.keys.alias)
        for index in [1, 2] {
            people[index].isStubborn = false
            try room.say(people[index], people[index].refusal(of: request.commit))
        }
        let before = try room.client()
        #expect(try room.join(before).door(before)?.current == true)
        let void = try room.client(link: people[0].link)
        #expect(try room.join(void).refusal(void) == .notFound)
        let back = try room.join(people[3], resume: people[3].token)
        #expect(back.entrance(people[3])?.resumed == true)
        #expect(back.media == [.join(people[3].id)])
    }
}
