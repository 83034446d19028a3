// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Media, as the meeting sees it")
struct MediaTests {
    private let room: Room
    private let ana: Client
    private let bo: Client
    private let both: [ConnectionID]

    init() throws {
        room = try Room()
        let people = try room.gathering(of: 1)
        ana = people[0]
        bo = people[1]
        both = people.map(\.connection)
    }

    private func tell(_ event: MediaEvent) throws -> [DirectoryAction] {
        try room.handle(.media(room.link.keys.alias, event))
    }

    private func command(_ command: MediaCommand) -> DirectoryAction { .media(command, in: room.link.keys.alias) }

    @Test("an offer goes to the media plane and its answer comes back; one at a time")
    func publish() throws {
        let sources = [MidSource(mid: "0", source: .camera)]
        let offered = try room.say(ana, .publish(request: 1, offer: "o", sources: sources))
        #expect(offered == [command(.publish(ana.id, request: 1, offer: "o", sources: sources))])
        #expect(
            try room.say(ana, .publish(request: 2, offer: "p", sources: [])) == [
                .send(
                    .error(.outOfOrder, request: 2, detail: "the last offer isn't answered yet"),
                    to: [ana.connection]
                )
            ]
        )
        #expect(try tell(.published(ana.id, request: 9, answer: "x")).isEmpty)
        #expect(
            try tell(.published(ana.id, request: 1, answer: "a")) == [
                .send(.published(request: 1, answer: "a"), to: [ana.connection])
            ]
        )
        #expect(try tell(.published(ana.id, request: 1, answer: "a")).isEmpty)
        #expect(try room.say(ana, .publish(request: 3, offer: "q", sources: [])).media.count == 1)
    }

    @Test("a refused offer is an error with its number, and the next may come", arguments: MediaRefusal.allCases)
    func refused(reason: MediaRefusal) throws {
        try room.say(ana, .publish(request: 1, offer: "o", sources: []))
        let code: ErrorCode = reason == .outOfOrder ? .outOfOrder : .sdp
        #expect(
            try tell(.publishRefused(ana.id, request: 1, reason: reason)) == [
                .send(.error(code, request: 1, detail: reason.rawValue), to: [ana.connection])
            ]
        )
        #expect(try room.say(ana, .publish(request: 2, offer: "o", sources: [])).media.count == 1)
        #expect(try tell(.answerRefused(ana.id, request: 7, reason: reason)).errors == [code])
    }

    @Test("the server's offer reaches its participant, and only the answer to it goes back")
    func subscribe() throws {
        let tracks = [SubscriptionEntry(mid: "0", track: TrackID(participant: bo.id, source: .camera))]
        #expect(try room.say(ana, .answer(request: 7, answer: "early")).errors == [.outOfOrder])
        #expect(
            try tell(.subscribe(ana.id, request: 7, offer: "o", tracks: tracks)) == [
                .send(.subscribe(request: 7, offer: "o", tracks: tracks), to: [ana.connection])
            ]
        )
        #expect(try room.say(bo, .answer(request: 7, answer: "not mine")).errors == [.outOfOrder])
        #expect(try room.say(ana, .answer(request: 6, answer: "old")).errors == [.outOfOrder])
        #expect(
            try room.say(ana, .answer(request: 7, answer: "a")) == [command(.answer(ana.id, request: 7, answer: "a"))]
        )
        #expect(try room.say(ana, .answer(request: 7, answer: "again")).errors == [.outOfOrder])
    }

    @Test("asking for a fresh offer makes the open one void")
    func restart() throws {
        _ = try tell(.subscribe(ana.id, request: 7, offer: "o", tracks: []))
        #expect(try room.say(ana, .restartSubscriber) == [command(.restartSubscriber(ana.id))])
        #expect(try room.say(ana, .answer(request: 7, answer: "a")).errors == [.outOfOrder])
    }

    @Test("wishes for those who are here go on, the rest means nothing")
    func layers() throws {
        func wish(_ participant: ParticipantID) -> LayerWish {
            LayerWish(track: TrackID(participant: participant, source: .camera), layer: .low)
        }
        #expect(
            try room.say(ana, .layers([wish(ana.id), wish(bo.id), wish(ParticipantID(rawValue: 1))])) == [
                command(.layers(ana.id, [wish(bo.id)]))
            ]
        )
        #expect(try room.say(ana, .layers([wish(ana.id)])).isEmpty)
    }

    @Test("speakers and qualities are shown to all; newcomers hear of the qualities that aren't good")
    func levels() throws {
        let level = SpeakerLevel(participant: ana.id, level: 20)
        let stranger = SpeakerLevel(participant: ParticipantID(rawValue: 1), level: 20)
        #expect(try tell(.speakers([level, stranger])) == [.send(.speakers([level]), to: both)])
        #expect(try tell(.quality(ana.id, .good)).isEmpty)
        #expect(try tell(.quality(ana.id, .poor)) == [.send(.quality(ana.id, .poor), to: both)])
        let guest = try room.client()
        #expect(
            try room.comeIn(guest).entrance(guest)?.qualities == [QualityEntry(participant: ana.id, quality: .poor)]
        )
    }

    @Test("a lost peer connection shows as lost until it is back")
    func connections() throws {
        #expect(try tell(.connection(ana.id, .publisher, .connecting)).isEmpty)
        #expect(try tell(.connection(ana.id, .publisher, .connected)).isEmpty)
        #expect(try tell(.connection(ana.id, .publisher, .lost)) == [.send(.quality(ana.id, .lost), to: both)])
        #expect(try tell(.connection(ana.id, .publisher, .connected)) == [.send(.quality(ana.id, .good), to: both)])
    }

    @Test("events about somebody who is gone are dropped, also while their leaf is still there")
    func late() throws {
        let gone = bo.id
        let events: [MediaEvent] = [
            .published(gone, request: 1, answer: ""), .publishRefused(gone, request: 1, reason: .malformed),
            .subscribe(gone, request: 1, offer: "", tracks: []), .quality(gone, .poor),
            .answerRefused(gone, request: 1, reason: .malformed), .connection(gone, .publisher, .lost),
            .connection(gone, .subscriber, .connected),
        ]
        try room.say(bo, .leave)
        for event in events { #expect(try tell(event).isEmpty, "\(event)") }
        try room.say(ana, .commit(ana.commit()))
        for event in events { #expect(try tell(event).isEmpty, "\(event)") }
    }

    @Test("media is for members: at the door nothing of it is followed")
    func outside() throws {
        let guest = try room.client()
        try room.join(guest)
        let tries: [ClientMessage] = [
            .publish(request: 1, offer: "o", sources: []), .answer(request: 1, answer: "a"), .restartSubscriber,
            .layers([LayerWish(track: TrackID(participant: ana.id, source: .camera), layer: .high)]),
        ]
        for message in tries { #expect(try room.say(guest, message).media.isEmpty) }
    }
}
