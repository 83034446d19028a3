// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Delivery")
struct DeliveryTests {
    /// Three people, whose meeting may send forty messages at once and ten a second.
    private func smallRoom() throws -> (room: Room, people: [Client]) {
        let room = try Room {
            $0.deliveries = 10
            $0.deliveryBurst = 40
        }
        var people = [try room.found()]
        for _ in 0..<2 {
            room.node.now = room.node.now + .seconds(5)
            people.append(try room.guest())
        }
        for person in people { try room.acknowledge(person) }
        room.node.now = room.node.now + .seconds(5)
        return (room, people)
    }

    /// Uses up what the meeting may send.
    private func exhaust(_ room: Room, _ people: [Client]) throws {
        for index in 0..<14 {
            let answer = try room.say(people[index % 3], people[index % 3].message("x"))
            #expect(answer.errors == (index < 13 ? [] : [.rate]))
        }
    }

    @Test("a crowd's words are refused beyond what the meeting may send, and go on when they may again")
    func words() throws {
        let (room, people) = try smallRoom()
        try exhaust(room, people)
        let refused = try room.say(people[2], people[2].message("x", request: 5))
        #expect(
            refused == [
                .send(.error(.rate, request: 5, detail: "messages of this meeting"), to: [people[2].connection])
            ]
        )
        try room.pass(.seconds(1))
        #expect(try room.say(people[2], people[2].message("x")).errors.isEmpty)
    }

    @Test("long words cost more than short ones, those to one less than those to all")
    func cost() throws {
        let (room, people) = try smallRoom()
        let long = String(repeating: "a", count: 12 * 1024)
        #expect(try room.say(people[0], people[0].message(long)).errors.isEmpty)
        #expect(try room.say(people[0], people[0].message("x")).errors == [.rate])
        #expect(try room.say(people[0], people[0].message("x", to: people[1])).errors.isEmpty)
        #expect(try room.say(people[0], people[0].message("x", to: people[1])).errors == [.rate])
    }

    @Test("a commit, a look or a goodbye that can't be delivered is refused whole, and costs no patience")
    func commits() throws {
        let (room, people) = try smallRoom()
        let guest = try room.client()
        try room.join(guest)
        try exhaust(room, people)
        #expect(try room.say(people[0], .commit(people[0].commit())).errors == [.rate])
        #expect(try room.say(guest, .look).errors == [.rate])
        #expect(try room.say(people[1], people[1].goodbye()).errors == [.rate])
        try room.pass(.seconds(3))
        #expect(try room.say(people[0], .commit(people[0].commit())).types(people[0]) == ["accepted"])
        #expect(room.agree([people[0], people[2]]))
    }

    @Test("whose socket is there is told later, once, as it is by then")
    func presence() throws {
        let (room, people) = try smallRoom()
        try exhaust(room, people)
        #expect(try room.cut(people[2]).isEmpty)
        #expect(room.node.directory.nextDeadline.map { $0 - room.node.now <= .seconds(1) } == true)
        let told = try room.pass(.seconds(1))
        #expect(told.told(people[0]) == [.participant(Presence(id: people[2].id, connected: false))])
        #expect(told.told(people[0]) == told.told(people[1]) && told.count == 1)
        // Gone and back in between: only how it is by then.
        try exhaust(people, in: room)
        try room.cut(people[2])
        room.node.now = room.node.now + .milliseconds(150)
        try room.join(people[2], resume: people[2].token)
        let later = try room.pass(.seconds(1))
        #expect(later.told(people[0]) == [.participant(Presence(id: people[2].id, connected: true))])
    }

    /// The same from wherever the budget stands.
    private func exhaust(_ people: [Client], in room: Room) throws {
        for _ in 0..<40 where try room.say(people[0], people[0].message("x")).errors == [.rate] { return }
    }

    @Test("too many who come and go are kept out until those inside have heard of it; who is in may resume")
    func churn() throws {
        let room = try Room {
            $0.deliveries = 3
            $0.deliveryBurst = 8
            $0.participants = 5
        }
        let host = try room.found { $0.lobby = true }
        var refusal: (reason: CloseReason, cause: Cause)?
        for _ in 0..<100 where refusal == nil {
            let guest = try room.client()
            refusal = try room.join(guest).closing(guest)
            if refusal == nil {
                try room.say(guest, .knock([1]))
                try room.say(guest, .leave)
            }
        }
        #expect(refusal?.reason == .refused && refusal?.cause == .limit(.deliveries))
        try room.pass(.seconds(10))
        #expect(try room.join(host, resume: host.token).entrance(host)?.resumed == true)
        for _ in 0..<100 { try room.pass(.seconds(1)) }
        let late = try room.client()
        #expect(try room.join(late).door(late) != nil)
    }

    @Test("a hundred who come within five seconds to a hundred others meet no limit", .timeLimit(.minutes(10)))
    func crowd() throws {
        let room = try Room()
        let host = try room.found { $0.lobby = true }
        func newcomers(_ count: Int) throws -> [Client] {
            try (0..<count).map { _ in
                let guest = try room.client()
                // What they make of it is their own business.
                guest.isDeaf = true
                #expect(try room.join(guest).door(guest) != nil)
                #expect(try room.say(guest, .knock(Array(repeating: 1, count: 800))).types(guest) == ["waiting"])
                return guest
            }
        }
        var inside: [Client] = []
        for _ in 0..<2 {
            let guests = try newcomers(50)
            let answer = try room.say(host, .commit(host.commit(add: guests)))
            #expect(answer.errors.isEmpty)
            inside += guests
        }
        try room.pass(.seconds(60))
        for guest in inside { try room.say(guest, .ping(1)) }
        for _ in 0..<20 {
            let guests = try newcomers(5)
            #expect(try room.say(host, .commit(host.commit(add: guests))).errors.isEmpty)
            inside += guests
            // Each is greeted by the one who let them in, and says who they are.
            for guest in guests {
                let greeting = try host.message(String(repeating: "g", count: 30_000), to: guest)
                #expect(try room.say(host, greeting).errors.isEmpty)
                guard case .message(let words, _, _) = try host.message(String(repeating: "n", count: 1_000)) else {
                    return #expect(Bool(false))
                }
                #expect(try room.say(guest, .message(words, to: nil, request: 1)).errors.isEmpty)
                #expect(try room.say(guest, .ack(host.group?.epoch ?? 0)).errors.isEmpty)
            }
            try room.pass(.milliseconds(250))
        }
        #expect(inside.count == 200 && host.group?.tree.memberCount == 201)
    }

    @Test("one who floods meets their own limit long before the meeting's, and the others talk on")
    func flood() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let word = try people[1].message(String(repeating: "a", count: 30_000))
        var errors: [ErrorCode] = []
        var closed: (reason: CloseReason, cause: Cause)?
        for _ in 0..<200 where closed == nil {
            let answer = try room.say(people[1], word)
            errors += answer.errors
            closed = answer.closing(people[1])
            #expect(try room.say(people[2], .ping(1)).errors.isEmpty)
        }
        #expect(errors.contains(.rate) && closed?.cause == .limit(.rate))
        #expect(try room.say(people[2], people[2].message("hello")).types(people[0]) == ["message"])
    }
}
