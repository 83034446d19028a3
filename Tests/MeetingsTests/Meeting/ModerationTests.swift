// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Hosts")
struct ModerationTests {
    private func trio() -> (Room, host: Room.Person, ana: Room.Person, bo: Room.Person) {
        var room = Room()
        let host = room.join("Host", host: true)
        let ana = room.join("Ana")
        let bo = room.join("Bo")
        return (room, host, ana, bo)
    }

    private func microphone(_ person: Room.Person) -> TrackID {
        TrackID(participant: person.id, source: .microphone)
    }

    @Test("a muted microphone stops at the server until its owner says that it is on")
    func mute() throws {
        var (room, host, ana, _) = trio()
        _ = room.say(ana, .state(StateChange(microphone: true)))
        let muted = room.say(host, .mute(ana.id))
        #expect(muted.media == [.pause(microphone(ana), true)])
        #expect(muted.told(ana.connection).map(\.type) == ["muted", "participant"])
        #expect(muted.told(ana.connection).first == .muted(by: host.id))
        #expect(room.view(ana)?.microphone == false)
        #expect(room.say(host, .mute(ana.id)).isEmpty)

        // Other state, an offer of a new track and coming back don't end it.
        #expect(room.say(ana, .state(StateChange(camera: true))).media.isEmpty)
        #expect(room.say(ana, .state(StateChange(microphone: false))).media.isEmpty)
        let offered = room.say(ana, .publish(request: 1, offer: "o", sources: []))
        #expect(
            offered.media == [
                .publish(ana.id, request: 1, offer: "o", sources: []), .pause(microphone(ana), true),
            ]
        )
        #expect(
            room.handle(.media(.published(ana.id, request: 1, answer: "a"))).media == [.pause(microphone(ana), true)]
        )
        _ = room.disconnect(ana)
        let (connection, back) = room.request(resume: ana.token, media: .new)
        #expect(back.media == [.leave(ana.id), .join(ana.id), .pause(microphone(ana), true)])

        let on = room.handle(.message(connection, .state(StateChange(microphone: true))))
        #expect(on.media == [.pause(microphone(ana), false)])
        #expect(room.view(ana)?.microphone == true)
        #expect(room.handle(.message(connection, .state(StateChange(microphone: true)))).isEmpty)
    }

    @Test("who is removed is told by whom, closed by the host's act, and gone for the others")
    func remove() {
        var (room, host, ana, bo) = trio()
        let actions = room.say(host, .remove(ana.id))
        #expect(actions.told(ana.connection) == [.removed(by: host.id)])
        #expect(actions.told(bo.connection) == [.left(ana.id, .removed)])
        #expect(actions.media == [.leave(ana.id)])
        guard case (.removed, .host(let act))? = actions.closing(ana.connection) else { return #expect(Bool(false)) }
        #expect(act.by == host.id && act.kind == .remove)
        #expect(room.say(ana, .ping(1)).isEmpty)
        #expect(room.say(host, .remove(ana.id)).errors == [.noSuchParticipant])
        #expect(!room.roster.contains { $0.id == ana.id })
    }

    @Test("the resume token of somebody removed opens nothing, also when they were cut off at that moment")
    func removedDuringResume() {
        var (room, host, ana, bo) = trio()
        _ = room.disconnect(ana)
        #expect(room.say(host, .remove(ana.id)).closing(ana.connection) == nil)
        _ = room.say(host, .remove(bo.id))
        for person in [ana, bo] {
            let (connection, actions) = room.request(resume: person.token)
            #expect(actions.told(connection) == [.refused(.removed)])
            guard case (.refused, .host(let act))? = actions.closing(connection) else { return #expect(Bool(false)) }
            #expect(act.kind == .remove)
        }
    }

    @Test("the meeting remembers only so many removed")
    func voidTokens() {
        var room = Room { $0.voidTokens = 2 }
        let host = room.join(host: true)
        let people = (0..<3).map { _ in room.join() }
        for person in people { _ = room.say(host, .remove(person.id)) }
        let answers = people.map { person -> [ServerMessage] in
            let (connection, actions) = room.request(resume: person.token)
            return actions.told(connection)
        }
        #expect(answers[0].first?.type == "welcome")
        #expect(answers[1] == [.refused(.removed)] && answers[2] == [.refused(.removed)])
    }

    @Test("a locked meeting lets nobody new in, but those inside come back")
    func lock() {
        var (room, host, ana, _) = trio()
        #expect(room.say(host, .lock(true)).told(ana.connection) == [.meeting(MeetingSettings(locked: true))])
        #expect(room.say(host, .lock(true)).isEmpty)
        let (connection, refused) = room.request()
        #expect(refused.told(connection) == [.refused(.locked)])
        guard case (.refused, .host(let act))? = refused.closing(connection) else { return #expect(Bool(false)) }
        #expect(act.by == host.id && act.kind == .lock)
        _ = room.disconnect(ana)
        let (back, resumed) = room.request(resume: ana.token)
        #expect(resumed.welcome(for: back)?.own == ana.id)
        _ = room.say(host, .lock(false))
        _ = room.join()
    }

    @Test("who waited before the lock may still be admitted")
    func lockAndLobby() {
        var (room, host, _, _) = trio()
        _ = room.say(host, .lobby(true))
        let waiting = room.knock()
        _ = room.say(host, .lock(true))
        #expect(room.say(host, .admit(waiting.id)).media == [.join(waiting.id)])
    }

    @Test("a lowered hand is shown to all, and lowering it again says nothing")
    func lowerHand() {
        var (room, host, ana, bo) = trio()
        _ = room.say(ana, .state(StateChange(hand: true)))
        let actions = room.say(host, .lowerHand(ana.id))
        #expect(actions.told(bo.connection).map(\.type) == ["participant"])
        #expect(actions.told(ana.connection).map(\.type) == ["participant"])
        #expect(room.view(ana)?.hand == false)
        #expect(room.say(host, .lowerHand(ana.id)).isEmpty)
    }

    @Test("a co-host is one until unmade or gone; whoever returns after leaving is a guest")
    func cohost() throws {
        var (room, host, ana, bo) = trio()
        _ = room.say(host, .role(ana.id, isCohost: true))
        #expect(room.say(ana, .mute(bo.id)).errors.isEmpty)
        _ = room.say(host, .role(ana.id, isCohost: false))
        #expect(room.say(ana, .mute(bo.id)).errors == [.notAllowed])
        _ = room.say(host, .role(ana.id, isCohost: true))
        _ = room.disconnect(ana)
        let (connection, back) = room.request(resume: ana.token)
        #expect(back.welcome(for: connection)?.role == .cohost)
        _ = room.handle(.message(connection, .leave))
        let (again, anew) = room.request(resume: ana.token)
        #expect(try #require(anew.welcome(for: again)).role == .guest)
    }

    @Test("ending tells everybody inside and outside, closes them by the host's act, and leaves nothing")
    func end() {
        var (room, host, ana, bo) = trio()
        _ = room.say(host, .lobby(true))
        let waiting = room.knock()
        _ = room.disconnect(bo)
        let actions = room.say(host, .end)
        #expect(actions.told(ana.connection) == [.ended(by: host.id)])
        #expect(actions.told(host.connection) == [.ended(by: host.id)])
        #expect(actions.told(waiting.connection) == [.refused(.ended)])
        #expect(actions.closing(ana.connection)?.reason == .ended)
        #expect(actions.closing(waiting.connection)?.reason == .refused)
        #expect(actions.media == [.close])
        guard case .ended(.host(let act))? = actions.last else { return #expect(Bool(false)) }
        #expect(act.by == host.id && act.kind == .end)
        #expect(room.meeting.isOver)
        #expect(room.meeting.nextDeadline == nil)
        #expect(room.say(ana, .ping(1)).isEmpty)
    }
}
