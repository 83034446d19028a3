// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("The end of a meeting")
struct EndingTests {
    @Test("a host ends it for all; guests and co-hosts don't")
    func end() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        try room.say(people[0], .commit(people[0].commit { $0.cohosts = [people[1].id] }))
        let outsider = try room.client()
        try room.join(outsider)
        for person in people[1...] { #expect(try room.say(person, .end).errors == [.notAllowed]) }
        let over = try room.say(people[0], .end)
        for person in people {
            #expect(over.told(person) == [.ended(by: people[0].id)])
            #expect(over.closing(person)?.reason == .ended)
            guard case .host(let act)? = over.closing(person)?.cause else { return #expect(Bool(false)) }
            #expect(act.kind == .end && act.by == people[0].id)
        }
        #expect(over.refusal(outsider) == .ended && over.media == [.close])
        #expect(room.node.directory.meetingCount == 0 && room.node.directory.connectionCount == 0)
    }

    @Test("for ten minutes only its host founds it again, under whichever of its links")
    func memory() throws {
        let room = try Room()
        let host = try room.found()
        try room.say(host, .commit(host.commit { $0.linkGeneration += 1 }))
        let newLink = host.link
        try room.say(host, .end)
        let guest = try room.client()
        #expect(try room.join(guest).refusal(guest) == .ended)
        let late = try room.client(link: newLink)
        #expect(try room.join(late).refusal(late) == .ended)

        // Somebody with the link and a host key of their own.
        let other = try Room(seed: 8)
        let usurper = try Client(
            link: try MeetingLink(other.card, nonce: Array(repeating: 1, count: 32), with: NativeCrypto.self),
            hostKey: other.hostKey,
            connection: room.node.connect(),
            seed: 3
        )
        let join = JoinRequest(meeting: room.link.keys.alias, keyPackage: usurper.keyPackage, create: true)
        let asked = try room.say(usurper, .join(join))
        guard case .vacant(_, let key)? = asked.told(usurper).first else { return #expect(Bool(false)) }
        let refused = try room.say(usurper, .found(usurper.found(nodeKey: key)))
        #expect(refused.refusal(usurper) == .ended && room.node.directory.meetingCount == 0)

        let again = try room.found()
        #expect(again.group?.epoch == 0 && room.node.directory.meetingCount == 1)
    }

    @Test("that memory fades, and holds only so many")
    func fading() throws {
        let room = try Room { $0.endedMeetings = 1 }
        let host = try room.found()
        try room.say(host, .commit(host.commit { $0.linkGeneration += 1 }))
        let newLink = host.link
        try room.say(host, .end)
        let first = try room.client()
        #expect(try room.join(first).refusal(first) == .notFound)
        let second = try room.client(link: newLink)
        #expect(try room.join(second).refusal(second) == .ended)
        try room.pass(.seconds(600))
        let later = try room.client(link: newLink)
        #expect(try room.join(later).refusal(later) == .notFound)
    }

    @Test("a meeting in which nobody is connected is forgotten after a minute, also when nothing else happens")
    func empty() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        for person in people { try room.cut(person) }
        let began = room.node.now
        var ended: [DirectoryAction] = []
        while let deadline = room.node.directory.nextDeadline, room.node.directory.meetingCount > 0 {
            room.node.now = max(room.node.now, deadline)
            ended += try room.handle(.timeout)
        }
        #expect(room.node.now == began + .seconds(60))
        #expect(ended.contains(.ended(room.link.keys.alias, because: .limit(.emptyMeeting))))
        #expect(ended.media == [.close])
    }

    @Test("who waits at the door keeps it, and may come in")
    func kept() throws {
        let room = try Room()
        let host = try room.found()
        let guest = try room.client()
        try room.join(guest)
        try room.say(guest, .knock([1]))
        try room.cut(host)
        try room.pass(.seconds(1_000))
        #expect(room.node.directory.meetingCount == 1)
        #expect(try room.say(guest, .commit(room.entry(guest))).entrance(guest) != nil)
    }

    @Test("draining tells all, refuses newcomers, and closes what is left after two seconds")
    func drain() throws {
        let room = try Room()
        let host = try room.found()
        let guest = try room.client()
        try room.join(guest)
        let idle = room.node.connect()
        let founder = try Room(seed: 8).client(host: true)
        founder.connection = room.node.connect()
        try room.say(founder, founder.join(create: true))
        let actions = try room.handle(.drain)
        #expect(actions.told(host) == [.draining])
        #expect(actions.told(idle) == [.refused(.draining)] && actions.told(guest) == [.refused(.draining)])
        #expect(actions.told(founder) == [.refused(.draining)])
        let late = ConnectionID(rawValue: 99)
        let answer = try room.handle(.connected(late))
        #expect(answer.told(late) == [.refused(.draining)] && answer.closing(late)?.reason == .refused)
        #expect(room.node.directory.nextDeadline.map { $0 <= room.node.now + .seconds(2) } == true)
        #expect(try room.say(host, .ping(1)).told(host) == [.pong(1)])
        let end = try room.pass(.seconds(2))
        #expect(end.closing(host)?.reason == .restart && end.closing(host)?.cause == .processEnding)
        #expect(end.contains(.media(.close, in: room.link.keys.alias)) && end.last == .drained)
        #expect(room.node.directory.meetingCount == 0 && room.node.directory.connectionCount == 0)
    }

    @Test("a node without meetings is drained at once")
    func drainIdle() {
        var node = Node()
        #expect(node.handle(.drain) == [.drained])
    }
}
