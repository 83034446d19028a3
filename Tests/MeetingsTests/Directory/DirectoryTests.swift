// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("The directory")
struct DirectoryTests {
    @Test("rooms are found by their links alone, and stay apart")
    func apart() throws {
        let room = try Room()
        _ = try room.found()
        let other = try Room(seed: 8)
        other.node = room.node
        let host = try other.found()
        #expect(other.node.directory.meetingCount == 2)
        let guest = try other.guest()
        #expect(other.agree([host, guest]))
        let nowhere = other.node.connect()
        let request = JoinRequest(meeting: Samples.meeting, keyPackage: guest.keyPackage)
        #expect(other.node.say(nowhere, .join(request)).told(nowhere) == [.refused(.notFound)])
    }

    @Test("media commands carry their meeting, and events find it")
    func media() throws {
        let room = try Room()
        let host = try room.found()
        let event = MediaEvent.quality(host.id, .poor)
        #expect(try room.handle(.media(Samples.otherMeeting, event)).isEmpty)
        #expect(
            try room.handle(.media(room.link.keys.alias, event)) == [
                .send(.quality(host.id, .poor), to: [host.connection])
            ]
        )
    }

    @Test("whoever doesn't join within ten seconds is closed")
    func joinTimeout() throws {
        let room = try Room()
        let host = try room.found()
        let idle = room.node.connect()
        #expect(try room.pass(.milliseconds(9_999)).isEmpty)
        #expect(
            try room.pass(.milliseconds(1)) == [
                .send(.refused(.timeout), to: [idle]), .close(idle, .refused, because: .limit(.joinTimeout)),
            ]
        )
        #expect(try room.say(host, .ping(1)) == [.send(.pong(1), to: [host.connection])])
        #expect(room.node.say(idle, .ping(1)).isEmpty)
    }

    @Test("before joining only join and leave are followed")
    func beforeJoining() {
        var node = Node()
        let connection = node.connect()
        let messages: [ClientMessage] = [
            .ping(1), .restartSubscriber, .layers([]), .knock([1]), .look, .propose([1]), .ack(1), .refuse([1]),
            .message([1], to: nil, request: nil), .deny(Samples.ana), .end,
            .found(FoundRequest(groupInfo: [], tree: [], sealedGroupInfo: [], card: [])),
        ]
        for message in messages { #expect(node.say(connection, message).errors == [.outOfOrder], "\(message)") }
        let numbered: [ClientMessage] = [
            .publish(request: 5, offer: "", sources: []), .answer(request: 5, answer: ""),
            .commit(CommitRequest(epoch: 0, commit: [], groupInfo: [], request: 5)),
            .message([1], to: nil, request: 5),
        ]
        for message in numbered {
            #expect(
                node.say(connection, message) == [
                    .send(.error(.outOfOrder, request: 5, detail: "join first"), to: [connection])
                ]
            )
        }
        #expect(node.say(connection, .leave) == [.close(connection, .left, because: .ownAct)])
    }

    @Test("a join in another version is refused for good")
    func version() {
        var node = Node()
        for version in [1, 3] {
            let connection = node.connect()
            #expect(
                node.say(connection, #"{"type":"join","version":\#(version)}"#) == [
                    .send(.refused(.version), to: [connection]), .close(connection, .refused, because: .ownAct),
                ]
            )
        }
    }

    @Test("what can't be read is an error each time, and in the end the connection is closed")
    func malformed() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let guest = people[1]
        #expect(room.node.say(guest.connection, "{").errors == [.malformed])
        #expect(room.node.say(guest.connection, #"{"type":"x"}"#).errors == [.unknownType])
        #expect(
            room.node.say(guest.connection, #"{"type":"publish","request":3}"#) == [
                .send(.error(.malformed, request: 3, detail: "sdp"), to: [guest.connection])
            ]
        )
        var closed: [DirectoryAction] = []
        for _ in 0..<200 where closed.isEmpty {
            room.node.now = room.node.now + .milliseconds(20)
            let actions = room.node.say(guest.connection, "{")
            if actions.closing(guest) != nil { closed = actions }
        }
        #expect(closed.closing(guest)?.reason == .busy && closed.closing(guest)?.cause == .limit(.rate))
        // The place is kept: the client may calm down and come back.
        #expect(closed.told(people[0]) == [.participant(Presence(id: guest.id, connected: false))])
        #expect(try room.join(guest, resume: guest.token).entrance(guest)?.resumed == true)
    }

    @Test("each kind of message has its rate, and others aren't slowed by it")
    func rates() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let outsider = try room.client()
        try room.join(outsider)
        func allowed(_ client: Client, _ message: ClientMessage) throws -> Int {
            var copy = room.node
            for count in 0..<300 where copy.say(client.connection, message).errors.contains(.rate) { return count }
            return 300
        }
        #expect(try allowed(people[1], people[1].message("x")) == 60)
        #expect(try allowed(people[1], people[1].message("x", to: people[0])) == 250)
        #expect(try allowed(people[0], .commit(CommitRequest(epoch: 9, commit: [], groupInfo: [], request: 1))) == 50)
        #expect(try allowed(people[1], .deny(Samples.ana)) == 100)
        #expect(try allowed(people[1], .restartSubscriber) == 40)
        #expect(try allowed(people[1], people[1].refusal(of: [1])) == 10)
        #expect(try allowed(outsider, .look) == 20)
        #expect(try allowed(outsider, .knock([1])) == 5)
        let words = try people[1].message("x")
        for _ in 0..<61 { try room.say(people[1], words) }
        #expect(try room.say(people[1], words).errors == [.rate])
        #expect(try room.say(people[0], people[0].message("x")).errors.isEmpty)
        room.node.now = room.node.now + .milliseconds(50)
        #expect(try room.say(people[1], words).errors.isEmpty)
    }

    @Test("a flood of anything is answered with errors, then closed")
    func flood() throws {
        let room = try Room()
        let host = try room.found()
        var answers = 0
        var errors = 0
        var closed: (reason: CloseReason, cause: Cause)?
        for index in 0..<2_000 where closed == nil {
            let actions = try room.say(host, .ping(index))
            errors += actions.errors.count
            if actions.errors.isEmpty { answers += 1 }
            closed = actions.closing(host)
        }
        #expect(answers <= 400 && errors <= 100)
        #expect(closed?.reason == .busy && closed?.cause == .limit(.rate))
        #expect(room.node.directory.connectionCount == 0)
    }

    @Test("large messages cost more than small ones")
    func volume() throws {
        let room = try Room()
        let host = try room.found()
        let large = ClientMessage.answer(request: 1, answer: String(repeating: "a", count: 1_000_000))
        var errors: [ErrorCode] = []
        for _ in 0..<20 { errors += try room.say(host, large).errors }
        #expect(errors.filter { $0 == .outOfOrder }.count == 16)
        #expect(errors.filter { $0 == .rate }.count == 4)
    }

    @Test("meetings and connections have their limits")
    func limits() throws {
        let room = try Room {
            $0.meetings = 1
            $0.connections = 3
        }
        let second = try room.client(host: true)
        let asked = try Room(seed: 8).client(host: true)
        // Told that it is vacant, and too late all the same.
        asked.connection = room.node.connect()
        guard case .vacant(_, let key)? = try room.say(asked, asked.join(create: true)).told(asked).first else {
            return #expect(Bool(false))
        }
        _ = try room.found()
        let late = try room.say(asked, .found(asked.found(nodeKey: key)))
        #expect(late.refusal(asked) == .busy && late.closing(asked)?.cause == .limit(.meetings))
        let elsewhere = room.node.connect()
        let request = JoinRequest(meeting: Samples.otherMeeting, keyPackage: second.keyPackage, create: true)
        let busy = room.node.say(elsewhere, .join(request))
        #expect(
            busy == [
                .send(.refused(.busy), to: [elsewhere]), .close(elsewhere, .refused, because: .limit(.meetings)),
            ]
        )
        _ = room.node.connect()
        _ = room.node.connect()
        let one = ConnectionID(rawValue: 100)
        #expect(room.node.handle(.connected(one)) == [.close(one, .busy, because: .limit(.connections))])
    }
}
