// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Coming in")
struct JoinTests {
    @Test("whoever shows the host token is host, everyone else a guest, and each is told of the other")
    func roles() throws {
        var room = Room()
        let (hostConnection, first) = room.request("Ana", host: true)
        let host = try #require(first.welcome(for: hostConnection))
        #expect(host.role == .host)
        #expect(host.participants.map(\.id) == [host.own])
        #expect(first.media == [.join(host.own)])
        #expect(!host.resumed)

        room.now = room.now + .milliseconds(1_500)
        let (guestConnection, second) = room.request("Bo")
        let guest = try #require(second.welcome(for: guestConnection))
        #expect(guest.role == .guest)
        #expect(guest.participants.map(\.id) == [host.own, guest.own])
        #expect(guest.startedAgo == 1_500)
        #expect(second.media == [.join(guest.own)])
        let view = ParticipantView(id: guest.own, name: Samples.name("Bo"), role: .guest)
        #expect(second.told(hostConnection) == [.participant(view)])
        #expect(guest.own != host.own)
        #expect(guest.resume != host.resume)
    }

    @Test("another token makes nobody host")
    func wrongToken() throws {
        var room = Room()
        let request = JoinRequest(
            meeting: Samples.meeting,
            name: Samples.name("Eve"),
            create: true,
            hostToken: Samples.token(2)
        )
        let connection = room.connection()
        #expect(try #require(room.handle(.join(connection, request)).welcome(for: connection)).role == .guest)
    }

    @Test("a full meeting refuses everyone alike")
    func full() throws {
        var room = Room { $0.participants = 2 }
        let host = room.join(host: true)
        let guest = room.join()
        let (connection, actions) = room.request(host: true)
        #expect(
            actions == [
                .send(.refused(.full), to: [connection]), .close(connection, .refused, because: .limit(.participants)),
            ]
        )
        // A place that is only cut off is still taken; one that is given up isn't.
        _ = room.disconnect(guest)
        #expect(room.request().1.told(ConnectionID(rawValue: 4)) == [.refused(.full)])
        _ = room.say(host, .leave)
        _ = room.join()
    }

    @Test("joining twice on one connection changes nothing")
    func twice() {
        var room = Room()
        let host = room.join(host: true)
        let request = JoinRequest(meeting: Samples.meeting, name: Samples.name("Again"))
        #expect(room.handle(.join(host.connection, request)).errors == [.outOfOrder])
        #expect(room.say(host, .join(request)).errors == [.outOfOrder])
        #expect(room.roster.count == 1)
    }

    @Test("leaving frees the place, closes the connection by one's own act, and the others are told")
    func leaving() throws {
        var room = Room()
        let host = room.join(host: true)
        let guest = room.join()
        let actions = room.say(guest, .leave)
        #expect(
            actions == [
                .media(.leave(guest.id)), .send(.left(guest.id, .left), to: [host.connection]),
                .close(guest.connection, .left, because: .ownAct),
            ]
        )
        #expect(room.roster.map(\.id) == [host.id])
        #expect(room.say(guest, .ping(1)).isEmpty)
        #expect(room.disconnect(guest).isEmpty)
    }

    @Test("a meeting without anyone is forgotten after its time, and not before")
    func empty() {
        var room = Room()
        let host = room.join(host: true)
        #expect(room.meeting.nextDeadline == nil)
        _ = room.say(host, .leave)
        #expect(room.meeting.nextDeadline == room.now + .seconds(60))
        #expect(room.pass(.seconds(59)).isEmpty)
        let late = room.join()
        #expect(room.meeting.nextDeadline == nil)
        _ = room.say(late, .leave)
        #expect(room.pass(.seconds(60)) == [.media(.close), .ended(because: .limit(.emptyMeeting))])
        #expect(room.meeting.isOver)
        #expect(room.request().1.isEmpty)
    }

    @Test("draining tells everybody, lets nobody in, and stopping closes what is left")
    func draining() {
        var room = Room()
        let host = room.join(host: true)
        _ = room.say(host, .lobby(true))
        let waiting = room.knock()
        #expect(
            room.handle(.drain) == [
                .send(.draining, to: [host.connection]), .send(.refused(.draining), to: [waiting.connection]),
                .close(waiting.connection, .refused, because: .processEnding),
            ]
        )
        #expect(room.handle(.drain).isEmpty)
        let (connection, actions) = room.request(resume: host.token)
        #expect(actions.closing(connection)?.cause == .processEnding)
        #expect(room.say(host, .ping(1)) == [.send(.pong(1), to: [host.connection])])
        #expect(
            room.handle(.stop) == [
                .close(host.connection, .restart, because: .processEnding), .media(.close),
                .ended(because: .processEnding),
            ]
        )
    }
}
