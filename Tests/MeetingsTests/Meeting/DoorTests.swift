// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("At the door")
struct DoorTests {
    @Test("who comes with the link finds the card, the policy and whether somebody is there")
    func door() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        let guest = try room.client()
        let door = try #require(try room.join(guest).door(guest))
        #expect(door.participant == guest.id && door.current && door.epoch == 0 && door.generation == 1)
        #expect(door.lobby && !door.locked && door.hostPresent && door.key.count == 32)
        // What lies at the node is the link's own card.
        let link = try MeetingLink(
            room.link.secret,
            sealedCard: SealedBox(bytes: door.card),
            with: NativeCrypto.self
        )
        #expect(link.card == room.card)
        try room.cut(host)
        let later = try room.client()
        #expect(try room.join(later).door(later)?.hostPresent == false)
    }

    @Test("a key package that nobody could add is refused, as is one that somebody else came with")
    func keyPackages() throws {
        let room = try Room()
        _ = try room.found()
        let guest = try room.client()
        try room.join(guest)
        let thief = room.node.connect()
        let stolen = room.node.say(thief, guest.join())
        #expect(stolen.told(thief) == [.refused(.keyPackage)] && stolen.closing(thief)?.reason == .refused)
        var damaged = guest.keyPackage
        damaged[damaged.count - 1] ^= 1
        for bytes in [[], [1, 2, 3], damaged, try guest.found(nodeKey: []).groupInfo] {
            let connection = room.node.connect()
            let request = JoinRequest(meeting: room.link.keys.alias, keyPackage: bytes)
            #expect(room.node.say(connection, .join(request)).told(connection) == [.refused(.keyPackage)])
        }
        // The one who was first isn't touched by it.
        #expect(try room.say(guest, .commit(room.entry(guest))).entrance(guest) != nil)
    }

    @Test("who knocks waits; those inside are told, of a better knock too, and of the end of it")
    func knocking() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        let guest = try room.client()
        try room.join(guest)
        let knocked = try room.say(guest, .knock([1]))
        #expect(knocked.told(guest) == [.waiting(hostPresent: true)])
        let alias = room.link.keys.alias
        #expect(knocked.told(host) == [.knock(SealedKnock(participant: guest.id, knock: [1], meeting: alias))])
        let again = try room.say(guest, .knock([2]))
        #expect(again.told(host) == [.knock(SealedKnock(participant: guest.id, knock: [2], meeting: alias))])
        // Whoever waits isn't timed.
        #expect(try room.pass(.seconds(100)).isEmpty)
        let second = try room.client(host: true)
        #expect(try room.comeIn(second).entrance(second)?.knocks.map(\.knock) == [[2]])
        #expect(try room.say(guest, .leave).told(host) == [.knockGone(guest.id)])
    }

    @Test("who waits is told when nobody is there any more who could let in, and when somebody is again")
    func hostPresence() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        let guest = try room.client()
        try room.join(guest)
        try room.say(guest, .knock([1]))
        #expect(try room.cut(host).told(guest) == [.waiting(hostPresent: false)])
        #expect(try room.join(host, resume: host.token).told(guest) == [.waiting(hostPresent: true)])
    }

    @Test("the same person may wait twice; one of them going isn't the end of the knock")
    func twice() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        let guest = try room.client()
        try room.join(guest)
        try room.say(guest, .knock([1]))
        let first = guest.connection
        // A page loaded again, with a fresh key package of the same key.
        let bundle = try KeyPackageBundle(
            CryptoSuite<NativeCrypto>(.x25519AES128GCM),
            guest.bundle.member,
            lifetime: Lifetime(notBefore: 0, notAfter: 9),
            using: &room.node.entropy
        )
        let second = room.node.connect()
        let request = JoinRequest(
            meeting: room.link.keys.alias,
            keyPackage: MLSMessage.keyPackage(bundle.keyPackage).encoded
        )
        _ = room.node.say(second, .join(request))
        _ = room.node.say(second, .knock([2]))
        let gone = room.node.handle(.disconnected(second))
        #expect(
            gone.told(host) == [.knock(SealedKnock(participant: guest.id, knock: [1], meeting: room.link.keys.alias))]
        )
        #expect(room.node.handle(.disconnected(first)).told(host) == [.knockGone(guest.id)])
    }

    @Test("hosts and co-hosts turn a knock away, guests don't")
    func denying() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        try room.say(
            people[0],
            .commit(people[0].commit { $0.cohosts = [people[1].id] })
        )
        for (index, keeper) in people.enumerated() {
            let guest = try room.client()
            try room.join(guest)
            #expect(try room.say(keeper, .deny(guest.id)).errors == (index < 2 ? [.noSuchParticipant] : [.notAllowed]))
            try room.say(guest, .knock([1]))
            let denied = try room.say(keeper, .deny(guest.id))
            guard index < 2 else {
                #expect(denied.errors == [.notAllowed] && denied.closing(guest) == nil)
                continue
            }
            #expect(denied.refusal(guest) == .denied)
            guard case .host(let act)? = denied.closing(guest)?.cause else { return #expect(Bool(false)) }
            #expect(act.kind == .deny && act.by == keeper.id)
            #expect(denied.types(people[2]) == ["knockGone"])
        }
    }

    @Test("at a locked door only a host may knock")
    func locked() throws {
        let room = try Room()
        let host = try room.found()
        try room.say(host, .commit(host.commit { $0.locked = true }))
        let guest = try room.client()
        #expect(try room.join(guest).door(guest)?.locked == true)
        let refused = try room.say(guest, .knock([1]))
        #expect(refused.refusal(guest) == .locked)
        guard case .host(let act)? = refused.closing(guest)?.cause else { return #expect(Bool(false)) }
        #expect(act.kind == .lock && act.by == host.id)
        let second = try room.client(host: true)
        try room.join(second)
        #expect(try room.say(second, .knock([1])).types(second) == ["waiting"])
    }

    @Test("a room that is founded locked says who locked it")
    func foundedLocked() throws {
        let room = try Room()
        let host = try room.found { $0.locked = true }
        let guest = try room.client()
        try room.join(guest)
        guard case .host(let act)? = try room.say(guest, .knock([1])).closing(guest)?.cause else {
            return #expect(Bool(false))
        }
        #expect(act.kind == .lock && act.by == host.id)
    }

    @Test("who stands at the door without doing anything is sent away after half a minute")
    func idle() throws {
        let room = try Room()
        _ = try room.found()
        let guest = try room.client()
        try room.join(guest)
        try room.pass(.seconds(20))
        try room.say(guest, .look)
        #expect(try room.pass(.milliseconds(29_999)).isEmpty)
        let over = try room.pass(.milliseconds(1))
        #expect(over.refusal(guest) == .timeout && over.closing(guest)?.cause == .limit(.doorTimeout))
    }

    @Test("the door, the lobby and the room hold only so many")
    func limits() throws {
        let room = try Room {
            $0.participants = 2
            $0.outsiders = 3
            $0.knocks = 1
        }
        _ = try room.found { $0.lobby = true }
        let guests = try (0..<4).map { _ in try room.client() }
        for guest in guests.prefix(3) { #expect(try room.join(guest).door(guest) != nil) }
        let one = try room.join(guests[3])
        #expect(one.refusal(guests[3]) == .busy && one.closing(guests[3])?.cause == .limit(.outsiders))
        try room.say(guests[0], .knock([1]))
        let two = try room.say(guests[1], .knock([1]))
        #expect(two.refusal(guests[1]) == .busy && two.closing(guests[1])?.cause == .limit(.knocks))
        // Knocking again takes no second place.
        #expect(try room.say(guests[0], .knock([2])).types(guests[0]) == ["waiting"])
        let host = try room.client(host: true)
        #expect(try room.comeIn(host).entrance(host) != nil)
        let full = try room.client()
        let three = try room.join(full)
        #expect(three.refusal(full) == .full && three.closing(full)?.cause == .limit(.participants))
    }

    @Test("from outside nothing of what is inside works")
    func outOfOrder() throws {
        let room = try Room()
        let host = try room.found()
        let guest = try room.client()
        try room.join(guest)
        let messages: [ClientMessage] = [
            .propose([1]), .ack(0), .refuse([1]), .message([1], to: nil, request: nil), .restartSubscriber,
            .layers([]), .deny(host.id), .end, guest.join(), .publish(request: 5, offer: "", sources: []),
            .answer(request: 5, answer: ""),
        ]
        for message in messages {
            let answer = try room.say(guest, message)
            #expect(answer.errors == [.outOfOrder], "\(message)")
            #expect(answer.told(host).isEmpty && answer.media.isEmpty)
        }
        #expect(try room.say(guest, .ping(1)).told(guest) == [.pong(1)])
        for message in [ClientMessage.knock([1]), .look, host.join()] {
            #expect(try room.say(host, message).errors == [.outOfOrder])
        }
        #expect(try room.say(guest, .away).closing(guest)?.reason == .left)
    }
}
