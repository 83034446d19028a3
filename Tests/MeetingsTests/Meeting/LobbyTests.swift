// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("The lobby")
struct LobbyTests {
    /// A host, and a lobby that is on.
    private func lobby(_ change: (inout MeetingLimits) -> Void = { _ in }) -> (Room, Room.Person) {
        var room = Room(change)
        let host = room.join("Ana", host: true)
        #expect(
            room.say(host, .lobby(true)) == [
                .send(.meeting(MeetingSettings(lobby: true)), to: [host.connection])
            ]
        )
        return (room, host)
    }

    @Test("who knocks waits, keeps the id when admitted, and only then is in")
    func admit() throws {
        var (room, host) = lobby()
        let (connection, knocked) = room.request("Bo")
        #expect(knocked.told(connection) == [.waiting(hostPresent: true)])
        guard case .knock(let knock) = try #require(knocked.told(host.connection).first) else {
            return #expect(Bool(false))
        }
        #expect(knock.name == Samples.name("Bo"))
        #expect(knocked.media.isEmpty)
        #expect(room.roster.map(\.id) == [host.id])

        let admitted = room.say(host, .admit(knock.participant))
        let welcome = try #require(admitted.welcome(for: connection))
        #expect(welcome.own == knock.participant)
        #expect(welcome.role == .guest)
        #expect(welcome.knocks.isEmpty)
        #expect(admitted.media == [.join(knock.participant)])
        #expect(admitted.told(host.connection).map(\.type) == ["knockGone", "participant"])
        #expect(room.say(host, .admit(knock.participant)).errors == [.noSuchParticipant])
    }

    @Test("who is denied is told so and closed, by the host's act")
    func deny() {
        var (room, host) = lobby()
        let waiting = room.knock()
        let actions = room.say(host, .deny(waiting.id))
        #expect(actions.told(waiting.connection) == [.refused(.denied)])
        #expect(actions.told(host.connection) == [.knockGone(waiting.id)])
        guard case (.refused, .host(let act))? = actions.closing(waiting.connection) else {
            return #expect(Bool(false))
        }
        #expect(act.by == host.id && act.kind == .deny)
        #expect(room.waiting.isEmpty)
    }

    @Test("leaving and losing the socket withdraw the knock; admitting then comes too late")
    func withdrawn() {
        var (room, host) = lobby()
        let one = room.knock()
        let two = room.knock()
        #expect(
            room.handle(.message(one.connection, .leave)) == [
                .send(.knockGone(one.id), to: [host.connection]), .close(one.connection, .left, because: .ownAct),
            ]
        )
        #expect(room.handle(.disconnected(two.connection)) == [.send(.knockGone(two.id), to: [host.connection])])
        #expect(room.say(host, .admit(one.id)).errors == [.noSuchParticipant])
        #expect(room.say(host, .deny(two.id)).errors == [.noSuchParticipant])
        #expect(room.say(host, .admitAll).isEmpty)
    }

    @Test("while waiting nothing but ping and leave is followed")
    func outOfOrder() throws {
        var (room, _) = lobby()
        let waiting = room.knock()
        let target = Samples.ana
        let messages: [ClientMessage] = [
            .publish(request: 3, offer: "", sources: []), .answer(request: 3, answer: ""), .restartSubscriber,
            .layers([]), .state(StateChange(hand: true)), .rename(Samples.name("X")),
            .chat(Samples.chatID("1"), Samples.text("x"), to: nil), .reaction(try #require(Reaction("x"))),
            .admit(waiting.id), .deny(target), .admitAll, .mute(target), .muteAll, .remove(target), .lock(true),
            .lobby(false), .lowerHand(target), .role(target, isCohost: true), .end,
            .join(JoinRequest(meeting: Samples.meeting, name: Samples.name("X"))),
        ]
        for message in messages {
            let actions = room.handle(.message(waiting.connection, message))
            #expect(actions.errors == [.outOfOrder], "\(message)")
            #expect(actions.count == 1)
        }
        #expect(room.handle(.message(waiting.connection, .ping(2))) == [.send(.pong(2), to: [waiting.connection])])
    }

    @Test("without host or co-host the meeting goes on, and those who wait are told that nobody can let them in")
    func hostGone() {
        var (room, host) = lobby()
        let guest = room.knock()
        _ = room.say(host, .admit(guest.id))
        let waiting = room.knock()
        #expect(room.disconnect(host).told(waiting.connection) == [.waiting(hostPresent: false)])
        let (late, actions) = room.request()
        #expect(actions.told(late) == [.waiting(hostPresent: false)])
        #expect(room.handle(.message(guest.connection, .admit(waiting.id))).errors == [.notAllowed])

        let (connection, back) = room.request(resume: host.token)
        #expect(back.told(waiting.connection) == [.waiting(hostPresent: true)])
        #expect(back.welcome(for: connection)?.knocks.count == 2)
        #expect(back.welcome(for: connection)?.role == .host)
    }

    @Test("the host token opens the lobby and the lock from outside")
    func hostToken() throws {
        var (room, host) = lobby()
        _ = room.say(host, .lock(true))
        _ = room.say(host, .leave)
        let (connection, actions) = room.request(host: true)
        #expect(try #require(actions.welcome(for: connection)).role == .host)
    }

    @Test("somebody who waits keeps a meeting from being forgotten")
    func waitingIsSomebody() {
        var (room, host) = lobby()
        let waiting = room.knock()
        _ = room.say(host, .leave)
        #expect(room.meeting.nextDeadline == nil)
        _ = room.handle(.disconnected(waiting.connection))
        #expect(room.meeting.nextDeadline != nil)
    }

    @Test("admitting all and switching the lobby off let in as many as there is room for")
    func admitAll() {
        var (room, host) = lobby { $0.participants = 3 }
        let people = [room.knock(), room.knock(), room.knock()]
        let actions = room.say(host, .admitAll)
        #expect(actions.errors == [.full])
        #expect(actions.media == [.join(people[0].id), .join(people[1].id)])
        #expect(room.waiting == [])  // A look needs a place of its own, and the meeting is full.
        #expect(room.say(host, .admit(people[2].id)).errors == [.full])
        _ = room.handle(.message(people[0].connection, .leave))
        let off = room.say(host, .lobby(false))
        #expect(off.media == [.join(people[2].id)])
        #expect(off.errors.isEmpty)
    }

    @Test("the lobby holds so many and no more")
    func knocks() {
        var (room, _) = lobby { $0.knocks = 2 }
        _ = room.knock()
        _ = room.knock()
        let (connection, actions) = room.request()
        #expect(
            actions == [
                .send(.refused(.busy), to: [connection]), .close(connection, .refused, because: .limit(.knocks)),
            ]
        )
    }

    @Test("a new co-host learns who waits")
    func newCohost() {
        var (room, host) = lobby()
        let guest = room.knock()
        _ = room.say(host, .admit(guest.id))
        let waiting = room.knock("Cy")
        let actions = room.say(host, .role(guest.id, isCohost: true))
        let knock = Knock(participant: waiting.id, name: Samples.name("Cy"))
        #expect(actions.told(guest.connection).last == .knock(knock))
        #expect(room.handle(.message(guest.connection, .admit(waiting.id))).media == [.join(waiting.id)])
    }
}
