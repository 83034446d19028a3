// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("The directory")
struct DirectoryTests {
    @Test("a meeting is started by who asks for it, and found by its id alone")
    func starting() {
        var node = Node()
        let early = node.join()
        #expect(
            early.actions == [
                .send(.refused(.notFound), to: [early.connection]),
                .close(early.connection, .refused, because: .ownAct),
            ]
        )
        #expect(node.directory.connectionCount == 0)
        let host = node.join(create: true, host: Samples.hostToken)
        #expect(host.actions.welcome?.role == .host)
        #expect(node.directory.meetingCount == 1)
        #expect(node.join().actions.welcome?.participants.count == 2)
        let other = node.join(Samples.otherMeeting, create: true, host: Samples.hostToken)
        #expect(other.actions.welcome?.participants.count == 1)
        let again = node.join(create: true, host: Samples.token(2))
        #expect(again.actions.welcome?.role == .guest)
        #expect(node.directory.meetingCount == 2)
    }

    @Test("media commands carry their meeting, and events find it")
    func media() throws {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let own = try #require(host.actions.welcome?.own)
        #expect(host.actions.contains(.media(.join(own), in: Samples.meeting)))
        let event = MediaEvent.quality(own, .poor)
        #expect(node.handle(.media(Samples.otherMeeting, event)).isEmpty)
        #expect(node.handle(.media(Samples.meeting, event)) == [.send(.quality(own, .poor), to: [host.connection])])
    }

    @Test("whoever doesn't join within ten seconds is closed")
    func joinTimeout() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let idle = node.connect()
        #expect(node.directory.nextDeadline == node.now + .seconds(10))
        #expect(node.pass(.milliseconds(9_999)).isEmpty)
        #expect(
            node.pass(.milliseconds(1)) == [
                .send(.refused(.timeout), to: [idle]), .close(idle, .refused, because: .limit(.joinTimeout)),
            ]
        )
        #expect(node.directory.nextDeadline == nil)
        #expect(node.say(host.connection, .ping(1)) == [.send(.pong(1), to: [host.connection])])
        #expect(node.say(idle, .ping(1)).isEmpty)
    }

    @Test("before joining only join and leave are followed")
    func beforeJoining() throws {
        var node = Node()
        let connection = node.connect()
        let messages: [ClientMessage] = [
            .ping(1), .restartSubscriber, .layers([]), .state(StateChange(hand: true)), .rename(Samples.name("X")),
            .chat(Samples.chatID("1"), Samples.text("x"), to: nil), .reaction(try #require(Reaction("x"))),
            .admit(Samples.ana), .deny(Samples.ana), .admitAll, .mute(Samples.ana), .muteAll, .remove(Samples.ana),
            .lock(true), .lobby(true), .lowerHand(Samples.ana), .role(Samples.ana, isCohost: true), .end,
        ]
        for message in messages { #expect(node.say(connection, message).errors == [.outOfOrder], "\(message)") }
        for message in [ClientMessage.publish(request: 5, offer: "", sources: []), .answer(request: 5, answer: "")] {
            #expect(
                node.say(connection, message) == [
                    .send(.error(.outOfOrder, request: 5, detail: "join first"), to: [connection])
                ]
            )
        }
        #expect(node.say(connection, .leave) == [.close(connection, .left, because: .ownAct)])
    }

    @Test(
        "a join in another version or without a name is refused for good",
        arguments: [
            (#"{"type":"join","version":2}"#, .version),
            (#"{"type":"join","version":1,"meeting":"AAAAAAAAAAAAAAAAAAAAAA","name":""}"#, .name),
        ] as [(String, JoinRefusal)]
    )
    func refusedJoin(text: String, reason: JoinRefusal) {
        var node = Node()
        let connection = node.connect()
        #expect(
            node.say(connection, text) == [
                .send(.refused(reason), to: [connection]), .close(connection, .refused, because: .ownAct),
            ]
        )
    }

    @Test("what can't be read is an error each time, and in the end the connection is closed")
    func malformed() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let guest = node.join()
        #expect(node.say(guest.connection, "{").errors == [.malformed])
        #expect(node.say(guest.connection, #"{"type":"x"}"#).errors == [.unknownType])
        #expect(node.say(guest.connection, #"{"type":"rename","name":""}"#).errors == [.name])
        #expect(
            node.say(guest.connection, #"{"type":"publish","request":3}"#) == [
                .send(.error(.malformed, request: 3, detail: "sdp"), to: [guest.connection])
            ]
        )
        var closed: [DirectoryAction] = []
        for _ in 0..<200 where closed.isEmpty {
            node.now = node.now + .milliseconds(20)
            let actions = node.say(guest.connection, "{")
            if actions.closing(guest.connection) != nil { closed = actions }
        }
        #expect(closed.closing(guest.connection)?.reason == .busy)
        #expect(closed.closing(guest.connection)?.cause == .limit(.rate))
        // The place is kept: the client may calm down and come back.
        guard case .participant(let view)? = closed.told(host.connection).first else { return #expect(Bool(false)) }
        #expect(!view.connected)
        #expect(node.join(resume: guest.actions.welcome?.resume).actions.welcome?.resumed == true)
    }

    @Test("chat has five a second after ten at once, and others aren't slowed by it")
    func chatRate() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let guest = node.join()
        let chat = ClientMessage.chat(Samples.chatID("1"), Samples.text("x"), to: nil)
        for _ in 0..<10 { #expect(node.say(guest.connection, chat).errors.isEmpty) }
        #expect(node.say(guest.connection, chat).errors == [.rate])
        #expect(node.say(host.connection, chat).errors.isEmpty)
        #expect(node.say(guest.connection, .state(StateChange(hand: true))).errors.isEmpty)
        node.now = node.now + .milliseconds(200)
        #expect(node.say(guest.connection, chat).errors.isEmpty)
        #expect(node.say(guest.connection, chat).errors == [.rate])
    }

    @Test("a flood of anything is answered with errors, then closed")
    func flood() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        var answers = 0
        var errors = 0
        var closed: (reason: CloseReason, cause: Cause)?
        for index in 0..<1_000 where closed == nil {
            let actions = node.say(host.connection, .ping(index))
            errors += actions.errors.count
            if actions.errors.isEmpty { answers += 1 }
            closed = actions.closing(host.connection)
        }
        #expect(answers <= 100 && errors <= 100)
        #expect(closed?.reason == .busy && closed?.cause == .limit(.rate))
        #expect(node.directory.connectionCount == 0)
    }

    @Test("large messages cost more than small ones")
    func volume() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let large = ClientMessage.answer(request: 1, answer: String(repeating: "a", count: 250_000))
        var errors: [ErrorCode] = []
        for _ in 0..<12 { errors += node.say(host.connection, large).errors }
        #expect(errors.filter { $0 == .outOfOrder }.count == 8)
        #expect(errors.filter { $0 == .rate }.count == 4)
    }

    @Test("meetings and connections have their limits")
    func limits() {
        var node = Node {
            $0.meetings = 1
            $0.connections = 2
        }
        _ = node.join(create: true, host: Samples.hostToken)
        let other = node.join(Samples.otherMeeting, create: true, host: Samples.hostToken)
        #expect(
            other.actions == [
                .send(.refused(.busy), to: [other.connection]),
                .close(other.connection, .refused, because: .limit(.meetings)),
            ]
        )
        _ = node.connect()
        let third = ConnectionID(rawValue: 100)
        #expect(node.handle(.connected(third)) == [.close(third, .busy, because: .limit(.connections))])
    }

    @Test("a meeting that a host ended is over for guests; its host may start it again")
    func ended() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let guest = node.join()
        let actions = node.say(host.connection, .end)
        #expect(actions.told(guest.connection).map(\.type) == ["ended"])
        #expect(actions.closing(guest.connection)?.reason == .ended)
        #expect(node.directory.meetingCount == 0 && node.directory.connectionCount == 0)

        #expect(
            node.join(resume: guest.actions.welcome?.resume).actions.told(ConnectionID(rawValue: 3)) == [
                .refused(.ended)
            ]
        )
        let usurper = node.join(create: true, host: Samples.token(2))
        #expect(usurper.actions.told(usurper.connection) == [.refused(.ended)])
        let again = node.join(create: true, host: Samples.hostToken)
        #expect(again.actions.welcome?.role == .host)
    }

    @Test("that memory fades, and holds only so many")
    func endedMemory() {
        var node = Node { $0.endedMeetings = 1 }
        for meeting in [Samples.meeting, Samples.otherMeeting] {
            let host = node.join(meeting, create: true, host: Samples.hostToken)
            _ = node.say(host.connection, .end)
        }
        let first = node.join(Samples.meeting)
        #expect(first.actions.told(first.connection) == [.refused(.notFound)])
        let second = node.join(Samples.otherMeeting)
        #expect(second.actions.told(second.connection) == [.refused(.ended)])
        _ = node.pass(.seconds(600))
        let later = node.join(Samples.otherMeeting)
        #expect(later.actions.told(later.connection) == [.refused(.notFound)])
    }

    @Test("an empty meeting is forgotten in time, also when nothing else happens")
    func empty() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        _ = node.handle(.disconnected(host.connection))
        var ended: [DirectoryAction] = []
        while let deadline = node.directory.nextDeadline {
            node.now = max(node.now, deadline)
            ended += node.handle(.timeout)
        }
        #expect(node.now == Moment(nanoseconds: 0) + .seconds(90))
        #expect(ended.contains(.ended(Samples.meeting, because: .limit(.emptyMeeting))))
        #expect(node.directory.meetingCount == 0)
    }

    @Test("draining tells all, refuses newcomers, and closes what is left after two seconds")
    func drain() {
        var node = Node()
        let host = node.join(create: true, host: Samples.hostToken)
        let idle = node.connect()
        let actions = node.handle(.drain)
        #expect(actions.told(host.connection) == [.draining])
        #expect(actions.told(idle) == [.refused(.draining)])
        let late = ConnectionID(rawValue: 99)
        let answer = node.handle(.connected(late))
        #expect(answer.told(late) == [.refused(.draining)] && answer.closing(late)?.reason == .refused)
        #expect(node.directory.nextDeadline.map { $0 <= node.now + .seconds(2) } == true)
        let end = node.pass(.seconds(2))
        #expect(end.closing(host.connection)?.reason == .restart)
        #expect(end.closing(host.connection)?.cause == .processEnding)
        #expect(end.contains(.media(.close, in: Samples.meeting)))
        #expect(end.last == .drained)
        #expect(node.directory.meetingCount == 0 && node.directory.connectionCount == 0)
    }

    @Test("a node without meetings is drained at once")
    func drainIdle() {
        var node = Node()
        #expect(node.handle(.drain) == [.drained])
    }
}
