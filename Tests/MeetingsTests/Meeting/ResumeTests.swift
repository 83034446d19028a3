// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Coming back")
struct ResumeTests {
    @Test("a cut socket shows as not connected, keeps the place for thirty seconds, and media goes on")
    func withinGrace() throws {
        var room = Room()
        let host = room.join(host: true)
        let guest = room.join()
        let cut = room.disconnect(guest)
        #expect(cut.media.isEmpty)
        guard case .participant(let view)? = cut.told(host.connection).first else { return #expect(Bool(false)) }
        #expect(view.id == guest.id && !view.connected)
        #expect(room.meeting.nextDeadline == room.now + .seconds(30))
        #expect(room.pass(.milliseconds(29_999)).isEmpty)

        let (connection, back) = room.request("Another name", resume: guest.token)
        let welcome = try #require(back.welcome(for: connection))
        #expect(welcome.resumed && welcome.own == guest.id && welcome.resume == guest.token)
        #expect(back.media.isEmpty)
        guard case .participant(let again)? = back.told(host.connection).first else { return #expect(Bool(false)) }
        #expect(again.connected && again.name == Samples.name("Guest"))
        #expect(room.meeting.nextDeadline == nil)
        #expect(room.pass(.seconds(100)).isEmpty)
        #expect(room.say(guest, .ping(1)).isEmpty)
    }

    @Test("after the grace period the place is given up, and the token brings a new one")
    func afterGrace() throws {
        var room = Room()
        let host = room.join(host: true)
        let guest = room.join()
        _ = room.disconnect(guest)
        #expect(
            room.pass(.seconds(30)) == [
                .media(.leave(guest.id)), .send(.left(guest.id, .lost), to: [host.connection]),
            ]
        )
        let (connection, back) = room.request(resume: guest.token)
        let welcome = try #require(back.welcome(for: connection))
        #expect(!welcome.resumed && welcome.own != guest.id)
    }

    @Test("who goes away says so, is waited for a shorter while, and then has left")
    func away() throws {
        var room = Room()
        let host = room.join(host: true)
        let guest = room.join()
        let gone = room.say(guest, .away)
        #expect(gone.closing(guest.connection)?.reason == .left)
        guard case .participant(let view)? = gone.told(host.connection).first else { return #expect(Bool(false)) }
        #expect(!view.connected && gone.media.isEmpty)
        var waiting = room
        let (connection, back) = waiting.request(resume: guest.token, media: .new)
        #expect(try #require(back.welcome(for: connection)).own == guest.id)
        #expect(waiting.pass(.seconds(100)).isEmpty)
        #expect(
            room.pass(.seconds(10)) == [
                .media(.leave(guest.id)), .send(.left(guest.id, .left), to: [host.connection]),
            ]
        )
    }

    @Test("several who are lost at the same moment all go")
    func manyLost() {
        var room = Room()
        let people = (0..<4).map { _ in room.join() }
        for person in people { _ = room.disconnect(person) }
        let actions = room.pass(.seconds(30))
        #expect(Set(actions.media) == Set(people.map { .leave($0.id) }))
        #expect(room.meeting.nextDeadline == room.now + .seconds(60))
    }

    @Test("coming back before the old socket is known to be dead takes its place; its end then means nothing")
    func superseded() {
        var room = Room()
        let host = room.join(host: true)
        let guest = room.join()
        let (connection, back) = room.request(resume: guest.token)
        #expect(back.closing(guest.connection)?.reason == .superseded)
        #expect(back.closing(guest.connection)?.cause == .ownAct)
        #expect(back.welcome(for: connection)?.own == guest.id)
        #expect(back.told(host.connection).isEmpty)
        #expect(room.disconnect(guest).isEmpty)
        #expect(room.say(guest, .ping(1)).isEmpty)
        #expect(room.handle(.message(connection, .ping(1))).count == 1)
        #expect(room.view(guest)?.connected == true)
    }

    @Test("a client that lost its connections begins again with the same id")
    func newMedia() {
        var room = Room()
        let guest = room.join()
        _ = room.handle(.media(.subscribe(guest.id, request: 1, offer: "o", tracks: [])))
        let (connection, back) = room.request(resume: guest.token, media: .new)
        #expect(back.media == [.leave(guest.id), .join(guest.id)])
        #expect(back.told(connection).map(\.type) == ["welcome"])
        #expect(room.handle(.message(connection, .answer(request: 1, answer: "a"))).errors == [.outOfOrder])
    }

    @Test("the others see no lost connection any more when somebody begins again")
    func newMediaQuality() {
        var room = Room()
        let host = room.join(host: true)
        let guest = room.join()
        _ = room.handle(.media(.connection(guest.id, .publisher, .lost)))
        let (_, back) = room.request(resume: guest.token, media: .new)
        #expect(back.told(host.connection) == [.quality(guest.id, .good)])
        #expect(room.handle(.media(.connection(guest.id, .publisher, .connected))).isEmpty)
    }

    @Test("an offer that wasn't answered before the cut is made again; one sent meanwhile isn't lost")
    func openOffer() {
        var room = Room()
        let guest = room.join()
        _ = room.handle(.media(.subscribe(guest.id, request: 1, offer: "one", tracks: [])))
        _ = room.say(guest, .answer(request: 1, answer: "a"))
        _ = room.disconnect(guest)
        #expect(room.handle(.media(.subscribe(guest.id, request: 2, offer: "two", tracks: []))).isEmpty)
        let (connection, back) = room.request(resume: guest.token)
        #expect(back.told(connection).last == .subscribe(request: 2, offer: "two", tracks: []))
        #expect(room.handle(.message(connection, .answer(request: 2, answer: "b"))).media.count == 1)
    }

    @Test("an answer lost with the socket doesn't block the next offer, and comes too late then")
    func openPublish() {
        var room = Room()
        let guest = room.join()
        _ = room.say(guest, .publish(request: 1, offer: "one", sources: []))
        _ = room.disconnect(guest)
        let (connection, _) = room.request(resume: guest.token)
        #expect(room.handle(.media(.published(guest.id, request: 1, answer: "late"))).isEmpty)
        let again = room.handle(.message(connection, .publish(request: 2, offer: "two", sources: [])))
        #expect(again.media == [.publish(guest.id, request: 2, offer: "two", sources: [])])
    }

    @Test("a token of nobody is no reason to refuse")
    func unknownToken() {
        var room = Room()
        let (connection, actions) = room.request(resume: Samples.resume(42))
        #expect(actions.welcome(for: connection)?.resumed == false)
    }
}
