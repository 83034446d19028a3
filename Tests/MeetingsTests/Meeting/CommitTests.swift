// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Commits")
struct CommitTests {
    @Test("through an open door one comes in by a commit of one's own")
    func external() throws {
        let room = try Room()
        let host = try room.found()
        let guest = try room.client()
        try room.join(guest)
        let entry = try room.entry(guest)
        let came = try room.say(guest, .commit(entry))
        #expect(came.told(host) == [.commit(sequence: 1, epoch: 0, commit: entry.commit)])
        let entrance = try #require(came.entrance(guest))
        #expect(entrance.epoch == 1 && entrance.sequence == 1 && entrance.welcome == nil && entrance.tree == nil)
        #expect(entrance.participants.map(\.id) == [host.id, guest.id])
        #expect(came.media == [.join(guest.id)])
        #expect(room.agree([host, guest]))
    }

    @Test("a member takes in many at once: each gets the tree and no more of the Welcome than is theirs")
    func batch() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        let guests = try (0..<5).map { _ in try room.client() }
        for guest in guests {
            try room.join(guest)
            try room.say(guest, .knock([1]))
        }
        let request = try host.commit(add: guests)
        let took = try room.say(host, .commit(request))
        #expect(took.told(host).first == .accepted(request: 1, epoch: 0, sequence: 1))
        #expect(took.types(host).filter { $0 == "knockGone" }.count == 5)
        for guest in guests {
            let entrance = try #require(took.entrance(guest))
            #expect(entrance.epoch == 1 && entrance.knocks.count < 5)
            let welcome = try #require(entrance.welcome)
            guard case .welcome(let part) = try MessageIn(decoding: welcome).message else {
                return #expect(Bool(false))
            }
            #expect(part.secrets.count == 1 && welcome.count < (request.welcome?.count ?? 0))
        }
        #expect(Set(took.media) == Set(guests.map { .join($0.id) }))
        #expect(room.agree([host] + guests))
    }

    @Test("who knocked with an older link gets the current one with the Welcome")
    func invitation() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        let guest = try room.client()
        try room.join(guest)
        let request = try host.commit(add: [guest])
        let invited = CommitRequest(
            epoch: request.epoch,
            commit: request.commit,
            welcome: request.welcome,
            groupInfo: request.groupInfo,
            invitations: [CommitRequest.Invitation(participant: guest.id, invitation: [7, 7])],
            request: request.request
        )
        #expect(try room.say(host, .commit(invited)).entrance(guest)?.invitation == [7, 7])
    }

    @Test("somebody who is added while their socket is gone is a member who isn't connected")
    func addedUnseen() throws {
        let room = try Room()
        let host = try room.found()
        let guest = try room.client()
        try room.join(guest)
        try room.cut(guest)
        let took = try room.say(host, .commit(host.commit(add: [guest])))
        #expect(took.media.isEmpty)
        let other = try room.client()
        let entrance = try room.comeIn(other).entrance(other)
        #expect(entrance?.participants.first { $0.id == guest.id } == Presence(id: guest.id, connected: false))
        // And is removed like anyone who is lost.
        #expect(try room.pass(.seconds(15)).types(host) == ["proposal"])
    }

    @Test("only the first commit leaves the epoch; whoever is slower looks again")
    func stale() throws {
        let room = try Room()
        let host = try room.found()
        let first = try room.client()
        let second = try room.client()
        for guest in [first, second] { try room.join(guest) }
        let slow = try room.entry(second)
        try room.say(first, .commit(room.entry(first)))
        let refused = try room.say(second, .commit(slow))
        #expect(
            refused == [
                .send(.error(.stale, request: slow.request, detail: "stale"), to: [second.connection])
            ]
        )
        #expect(try room.say(second, .commit(room.entry(second))).entrance(second)?.participants.count == 3)
        #expect(room.agree([host, first, second]))
        // The claimed epoch is right and the commit's isn't: the same.
        let late = CommitRequest(epoch: 2, commit: slow.commit, groupInfo: [], request: 9)
        try room.cut(second)
        try room.join(second)
        #expect(try room.say(second, .commit(late)).errors == [.stale])
    }

    @Test("what isn't a commit of the sender's is refused by the rule, and changes nothing")
    func faults() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let outsider = try room.client()
        try room.join(outsider)
        let epoch = try #require(people[0].group?.epoch)
        func refused(_ client: Client, _ commit: [UInt8], welcome: [UInt8]? = nil) throws -> [String] {
            let request = CommitRequest(epoch: epoch, commit: commit, welcome: welcome, groupInfo: [], request: 1)
            let answer = try room.say(client, .commit(request))
            #expect(answer.errors == [.commit] && answer.count == 1)
            return answer.rules
        }
        #expect(try refused(people[0], [0, 1, 2]) == ["malformed"])
        #expect(try refused(people[0], people[0].keyPackage) == ["notAHandshakeMessage"])
        let own = try people[0].commit()
        #expect(try refused(people[1], own.commit) == ["otherSender"])
        #expect(try refused(outsider, own.commit) == ["otherSender"])
        let entry = try room.entry(outsider)
        #expect(try refused(people[1], entry.commit) == ["otherSender"])
        let stranger = try room.client()
        try room.join(stranger)
        #expect(try refused(stranger, entry.commit) == ["otherSender"])
        var damaged = own.commit
        damaged[damaged.count / 2] ^= 1
        #expect(try refused(people[0], damaged).count == 1)
        #expect(try refused(people[0], own.commit, welcome: outsider.keyPackage) == ["welcomeMismatch"])
        let adding = try people[0].commit(add: [outsider])
        #expect(try refused(people[0], adding.commit) == ["welcomeMismatch"])
        let other = try people[0].commit(add: [stranger])
        #expect(try refused(people[0], adding.commit, welcome: other.welcome) == ["welcomeMismatch"])
        // After all that the epoch is still open.
        #expect(try room.say(outsider, .commit(entry)).entrance(outsider) != nil)
        #expect(room.agree(people + [outsider]))
    }

    @Test("the node judges by the same rules as every member")
    func rules() throws {
        let room = try Room()
        let people = try room.gathering(of: 1) { $0.absence = .wait }
        let host = people[0]
        let guest = people[1]
        try room.say(host, .commit(host.commit { $0.lobby = true }))
        let outsider = try room.client()
        try room.join(outsider)
        let entry = try room.say(outsider, .commit(room.entry(outsider)))
        #expect(entry.errors == [.commit] && entry.rules == ["lobby"])
        try room.say(host, .commit(host.commit { $0.locked = true }))
        let locked = try room.say(outsider, .commit(room.entry(outsider)))
        #expect(locked.errors == [.commit] && locked.rules == ["locked"])
        #expect(guest.group?.epoch == host.group?.epoch)
    }

    @Test("a pending goodbye doesn't open a closed door for somebody else")
    func goodbyeIsNoKey() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        try room.say(people[0], .commit(people[0].commit { $0.lobby = true }))
        let outsider = try room.client()
        try room.join(outsider)
        guard case .group(_, let info, let tree)? = try room.say(outsider, .look).told(outsider).first else {
            return #expect(Bool(false))
        }
        let goodbye = try people[1].goodbye()
        try room.say(people[1], goodbye)
        guard case .propose(let proposal) = goodbye else { return #expect(Bool(false)) }
        let entry = try outsider.enter(groupInfo: info, tree: tree, selfRemoves: [proposal])
        #expect(try room.say(outsider, .commit(entry)).rules == ["lobby"])
    }

    @Test("a meeting holds only so many, however they come")
    func full() throws {
        let room = try Room { $0.participants = 2 }
        let host = try room.found()
        let guests = try (0..<2).map { _ in try room.client() }
        for guest in guests { try room.join(guest) }
        #expect(try room.say(host, .commit(host.commit(add: guests))).errors == [.full])
        #expect(try room.say(host, .commit(host.commit(add: [guests[0]]))).entrance(guests[0]) != nil)
        #expect(try room.say(guests[1], .commit(room.entry(guests[1]))).errors == [.full])
    }

    @Test("bad commits take more patience than other mistakes, and then the connection")
    func patience() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        var answers = 0
        var closed: [DirectoryAction] = []
        for index in 0..<30 where closed.isEmpty {
            let bad = CommitRequest(epoch: 1, commit: [9], groupInfo: [], request: index)
            let answer = try room.say(people[1], .commit(bad))
            if answer.closing(people[1]) != nil { closed = answer }
            answers += 1
        }
        #expect((8...12).contains(answers))
        #expect(closed.closing(people[1])?.cause == .limit(.rate))
        // A place is kept as after any cut.
        #expect(closed.told(people[0]) == [.participant(Presence(id: people[1].id, connected: false))])
        #expect(try room.join(people[1], resume: people[1].token).entrance(people[1])?.resumed == true)
    }

    @Test("an epoch is ready once everybody who is connected has its keys")
    func ready() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let committed = try room.say(people[0], .commit(people[0].commit()))
        #expect(committed.types(people[0]) == ["accepted"])
        #expect(try room.acknowledge(people[1]).isEmpty)
        // Old and future ones say nothing.
        #expect(try room.say(people[2], .ack(0)).isEmpty && room.say(people[2], .ack(99)).isEmpty)
        let ready = try room.acknowledge(people[2])
        #expect(ready == [.send(.ready(epoch: 3), to: people.map(\.connection))])
        #expect(try room.acknowledge(people[2]).isEmpty)
        // Who is cut off isn't waited for; coming back, they hear of it.
        try room.say(people[0], .commit(people[0].commit()))
        try room.acknowledge(people[1])
        #expect(try room.cut(people[2]).types(people[0]) == ["participant", "ready"])
        #expect(try room.join(people[2], resume: people[2].token).types(people[2]) == ["welcome", "ready"])
    }
}
