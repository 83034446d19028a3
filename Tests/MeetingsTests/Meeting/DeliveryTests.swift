// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Delivery")
struct DeliveryTests {
    private let word = ClientMessage.chat(Samples.chatID("c"), Samples.text("hello"), to: nil)

    /// Three people, whose meeting may send six messages at once and three a second.
    private func smallRoom() -> (room: Room, people: [Room.Person]) {
        var room = Room {
            $0.deliveries = 3
            $0.deliveryBurst = 6
        }
        let people = [room.join("Ana", host: true), room.join("Bo"), room.join("Cy")]
        _ = room.pass(.seconds(10))
        return (room, people)
    }

    @Test("a crowd's chat is refused beyond what the meeting may send, and goes on when it may again")
    func chat() {
        var (room, people) = smallRoom()
        #expect(room.say(people[0], word).errors.isEmpty)
        #expect(room.say(people[1], word).errors.isEmpty)
        let refused = room.say(people[2], word)
        #expect(
            refused == [.send(.error(.rate, request: nil, detail: "chat of this meeting"), to: [people[2].connection])]
        )
        _ = room.pass(.seconds(1))
        #expect(room.say(people[2], word).errors.isEmpty)
    }

    @Test("long words cost more than short ones, private ones less than public ones")
    func cost() {
        var (room, people) = smallRoom()
        let long = ClientMessage.chat(Samples.chatID("c"), Samples.text(String(repeating: "a", count: 1_024)), to: nil)
        #expect(room.say(people[0], long).errors.isEmpty)
        #expect(room.say(people[0], word).errors == [.rate])
        _ = room.pass(.seconds(1))
        let whisper = ClientMessage.chat(Samples.chatID("c"), Samples.text("psst"), to: people[1].id)
        #expect(room.say(people[0], whisper).errors.isEmpty)
        #expect(room.say(people[0], whisper).errors == [.rate])
    }

    @Test("a refused word isn't kept for those who come later")
    func history() throws {
        var (room, people) = smallRoom()
        for _ in 0..<3 { _ = room.say(people[0], word) }
        let (connection, actions) = room.request()
        #expect(try #require(actions.welcome(for: connection)).chat.count == 2)
    }

    @Test("reactions are bounded, too")
    func reactions() throws {
        var (room, people) = smallRoom()
        let reaction = try #require(Reaction("👍"))
        let answers = (0..<3).map { _ in room.say(people[0], .reaction(reaction)).errors }
        #expect(answers == [[], [], [.rate]])
    }

    @Test("what people say about themselves is told later, once, as it is by then")
    func state() {
        var (room, people) = smallRoom()
        for _ in 0..<2 { _ = room.say(people[0], word) }
        for raised in [true, false, true] {
            #expect(room.say(people[1], .state(StateChange(hand: raised))).isEmpty)
        }
        #expect(room.meeting.nextDeadline.map { $0 - room.now } == Interval(nanoseconds: 666_666_666))
        let told = room.pass(.seconds(1))
        #expect(told.told(people[0].connection) == told.told(people[2].connection))
        #expect(told.told(people[1].connection).isEmpty)
        guard case .participant(let view)? = told.told(people[0].connection).first else { return #expect(Bool(false)) }
        #expect(told.count == 1 && view.id == people[1].id && view.hand)
    }

    @Test("who is muted by a host learns it at once, and everybody sees it in the end")
    func mute() {
        var (room, people) = smallRoom()
        _ = room.say(people[1], .state(StateChange(microphone: true)))
        for _ in 0..<2 { _ = room.say(people[0], word) }
        #expect(room.say(people[0], .mute(people[1].id)).told(people[1].connection) == [.muted(by: people[0].id)])
        let told = room.pass(.seconds(1))
        #expect(people.allSatisfy { told.told($0.connection).map(\.type) == ["participant"] })
        #expect(room.view(people[1])?.microphone == false)
    }

    @Test("who came and left meanwhile is told as left")
    func leave() {
        var (room, people) = smallRoom()
        for _ in 0..<2 { _ = room.say(people[0], word) }
        let guest = room.join("Di")
        _ = room.say(guest, .leave)
        let told = room.pass(.seconds(1))
        #expect(told.told(people[0].connection) == [.left(guest.id, .left)])
    }

    @Test("too many who come and go are kept out until the meeting has caught up; who is in may resume")
    func churn() {
        var room = Room {
            $0.deliveries = 3
            $0.deliveryBurst = 6
            $0.participants = 5
        }
        let ana = room.join("Ana", host: true)
        var refusal: (reason: CloseReason, cause: Cause)?
        var count = 0
        while refusal == nil, count < 100 {
            count += 1
            let (connection, actions) = room.request()
            refusal = actions.closing(connection)
            if refusal == nil { _ = room.handle(.message(connection, .leave)) }
        }
        #expect(refusal?.reason == .refused && refusal?.cause == .limit(.deliveries))
        let (connection, actions) = room.request(resume: ana.token)
        #expect(actions.welcome(for: connection)?.resumed == true)
        for _ in 0..<100 { _ = room.pass(.seconds(1)) }
        let (late, welcomed) = room.request()
        #expect(welcomed.welcome(for: late) != nil)
    }
}
