// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Media, as the meeting sees it")
struct MediaTests {
    @Test("an offer goes to the media plane and its answer comes back; one at a time")
    func publish() {
        var room = Room()
        let ana = room.join()
        let sources = [MidSource(mid: "0", source: .camera)]
        let offered = room.say(ana, .publish(request: 1, offer: "o", sources: sources))
        #expect(offered == [.media(.publish(ana.id, request: 1, offer: "o", sources: sources))])
        #expect(
            room.say(ana, .publish(request: 2, offer: "p", sources: [])) == [
                .send(
                    .error(.outOfOrder, request: 2, detail: "the last offer isn't answered yet"),
                    to: [ana.connection]
                )
            ]
        )
        #expect(room.handle(.media(.published(ana.id, request: 9, answer: "x"))).isEmpty)
        #expect(
            room.handle(.media(.published(ana.id, request: 1, answer: "a"))) == [
                .send(.published(request: 1, answer: "a"), to: [ana.connection])
            ]
        )
        #expect(room.handle(.media(.published(ana.id, request: 1, answer: "a"))).isEmpty)
        #expect(room.say(ana, .publish(request: 3, offer: "q", sources: [])).media.count == 1)
    }

    @Test("a refused offer is an error with its number, and the next may come", arguments: MediaRefusal.allCases)
    func refused(reason: MediaRefusal) {
        var room = Room()
        let ana = room.join()
        _ = room.say(ana, .publish(request: 1, offer: "o", sources: []))
        let code: ErrorCode = reason == .outOfOrder ? .outOfOrder : .sdp
        #expect(
            room.handle(.media(.publishRefused(ana.id, request: 1, reason: reason))) == [
                .send(.error(code, request: 1, detail: reason.rawValue), to: [ana.connection])
            ]
        )
        #expect(room.say(ana, .publish(request: 2, offer: "o", sources: [])).media.count == 1)
        #expect(room.handle(.media(.answerRefused(ana.id, request: 7, reason: reason))).errors == [code])
    }

    @Test("the server's offer reaches its participant, and only the answer to it goes back")
    func subscribe() {
        var room = Room()
        let ana = room.join()
        let bo = room.join()
        let tracks = [SubscriptionEntry(mid: "0", track: TrackID(participant: bo.id, source: .camera))]
        #expect(room.say(ana, .answer(request: 7, answer: "early")).errors == [.outOfOrder])
        #expect(
            room.handle(.media(.subscribe(ana.id, request: 7, offer: "o", tracks: tracks))) == [
                .send(.subscribe(request: 7, offer: "o", tracks: tracks), to: [ana.connection])
            ]
        )
        #expect(room.say(bo, .answer(request: 7, answer: "not mine")).errors == [.outOfOrder])
        #expect(room.say(ana, .answer(request: 6, answer: "old")).errors == [.outOfOrder])
        #expect(room.say(ana, .answer(request: 7, answer: "a")) == [.media(.answer(ana.id, request: 7, answer: "a"))])
        #expect(room.say(ana, .answer(request: 7, answer: "again")).errors == [.outOfOrder])
    }

    @Test("asking for a fresh offer makes the open one void")
    func restart() {
        var room = Room()
        let ana = room.join()
        _ = room.handle(.media(.subscribe(ana.id, request: 7, offer: "o", tracks: [])))
        #expect(room.say(ana, .restartSubscriber) == [.media(.restartSubscriber(ana.id))])
        #expect(room.say(ana, .answer(request: 7, answer: "a")).errors == [.outOfOrder])
    }

    @Test("wishes for those who are here go on, the rest means nothing")
    func layers() {
        var room = Room()
        let ana = room.join()
        let bo = room.join()
        func wish(_ participant: ParticipantID) -> LayerWish {
            LayerWish(track: TrackID(participant: participant, source: .camera), layer: .low)
        }
        #expect(
            room.say(ana, .layers([wish(ana.id), wish(bo.id), wish(ParticipantID(rawValue: 1))])) == [
                .media(.layers(ana.id, [wish(bo.id)]))
            ]
        )
        #expect(room.say(ana, .layers([wish(ana.id)])).isEmpty)
    }

    @Test("speakers and qualities are shown to all; newcomers hear of the qualities that aren't good")
    func levels() {
        var room = Room()
        let ana = room.join()
        let bo = room.join()
        let everybody = [ana.connection, bo.connection]
        let level = SpeakerLevel(participant: ana.id, level: 20)
        let stranger = SpeakerLevel(participant: ParticipantID(rawValue: 1), level: 20)
        #expect(room.handle(.media(.speakers([level, stranger]))) == [.send(.speakers([level]), to: everybody)])
        #expect(room.handle(.media(.quality(ana.id, .good))).isEmpty)
        #expect(room.handle(.media(.quality(ana.id, .poor))) == [.send(.quality(ana.id, .poor), to: everybody)])
        let (connection, joined) = room.request()
        #expect(joined.told(connection).last == .quality(ana.id, .poor))
    }

    @Test("a lost peer connection shows as lost until it is back")
    func connections() {
        var room = Room()
        let ana = room.join()
        let mine = [ana.connection]
        #expect(room.handle(.media(.connection(ana.id, .publisher, .connecting))).isEmpty)
        #expect(room.handle(.media(.connection(ana.id, .publisher, .connected))).isEmpty)
        #expect(
            room.handle(.media(.connection(ana.id, .publisher, .lost))) == [.send(.quality(ana.id, .lost), to: mine)]
        )
        #expect(
            room.handle(.media(.connection(ana.id, .publisher, .connected))) == [
                .send(.quality(ana.id, .good), to: mine)
            ]
        )
    }

    @Test("events about somebody who is gone are dropped")
    func late() {
        var room = Room()
        _ = room.join()
        let gone = room.join()
        _ = room.say(gone, .leave)
        let events: [MediaEvent] = [
            .published(gone.id, request: 1, answer: ""), .publishRefused(gone.id, request: 1, reason: .malformed),
            .subscribe(gone.id, request: 1, offer: "", tracks: []), .quality(gone.id, .poor),
            .answerRefused(gone.id, request: 1, reason: .malformed), .connection(gone.id, .publisher, .lost),
            .connection(gone.id, .subscriber, .connected),
        ]
        for event in events { #expect(room.handle(.media(event)).isEmpty, "\(event)") }
    }
}
