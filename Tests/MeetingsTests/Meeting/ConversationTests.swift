// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Conversation")
struct ConversationTests {
    private func chat(_ text: String, id: String = "c", to: ParticipantID? = nil) -> ClientMessage {
        .chat(Samples.chatID(id), Samples.text(text), to: to)
    }

    @Test("a public message reaches everybody, its sender too, with name and time")
    func publicChat() {
        var room = Room()
        let ana = room.join("Ana")
        let bo = room.join("Bo")
        room.now = room.now + .milliseconds(2_500)
        let entry = ChatEntry(
            id: Samples.chatID("c"),
            from: ana.id,
            name: Samples.name("Ana"),
            text: Samples.text("hello"),
            at: 2_500
        )
        #expect(room.say(ana, chat("hello")) == [.send(.chat(entry), to: [ana.connection, bo.connection])])
    }

    @Test("a private message reaches the two and nobody else, now or later")
    func privateChat() throws {
        var room = Room()
        let ana = room.join("Ana")
        let bo = room.join("Bo")
        let cy = room.join("Cy")
        let actions = room.say(ana, chat("psst", to: bo.id))
        #expect(actions.told(cy.connection).isEmpty)
        guard case .chat(let entry)? = actions.told(bo.connection).first else { return #expect(Bool(false)) }
        #expect(entry.isPrivate && entry.to == bo.id)
        #expect(actions.told(ana.connection) == actions.told(bo.connection))
        let (connection, joined) = room.request()
        #expect(try #require(joined.welcome(for: connection)).chat.isEmpty)
    }

    @Test("a private message to nobody, to oneself or to somebody cut off is refused, not kept")
    func privateToNobody() {
        var room = Room()
        let ana = room.join("Ana")
        let bo = room.join("Bo")
        _ = room.disconnect(bo)
        for target in [bo.id, ana.id, ParticipantID(rawValue: 1)] {
            #expect(room.say(ana, chat("psst", to: target)).errors == [.noSuchParticipant])
        }
    }

    @Test("late joiners read the last messages, bounded in number and in bytes")
    func history() throws {
        var room = Room {
            $0.chatMessages = 3
            $0.chatBytes = 3_000
        }
        let ana = room.join("Ana")
        for index in 0..<5 { _ = room.say(ana, chat("short", id: "s\(index)")) }
        var (connection, joined) = room.request()
        #expect(try #require(joined.welcome(for: connection)).chat.map(\.id.text) == ["s2", "s3", "s4"])
        _ = room.say(ana, chat(String(repeating: "a", count: 2_000), id: "long1"))
        _ = room.say(ana, chat(String(repeating: "a", count: 2_000), id: "long2"))
        (connection, joined) = room.request()
        #expect(try #require(joined.welcome(for: connection)).chat.map(\.id.text) == ["long2"])
        _ = room.say(ana, chat(String(repeating: "a", count: 3_500), id: "tooLong"))
        (connection, joined) = room.request()
        #expect(try #require(joined.welcome(for: connection)).chat.isEmpty)
    }

    @Test("what changes is shown to the others, what doesn't isn't")
    func state() {
        var room = Room()
        let ana = room.join("Ana")
        let bo = room.join("Bo")
        let actions = room.say(ana, .state(StateChange(microphone: true, camera: true, screen: true, hand: true)))
        let view = ParticipantView(
            id: ana.id,
            name: Samples.name("Ana"),
            role: .guest,
            microphone: true,
            camera: true,
            screen: true,
            hand: true
        )
        #expect(actions == [.send(.participant(view), to: [bo.connection])])
        #expect(room.say(ana, .state(StateChange(camera: true))).isEmpty)
        #expect(room.say(ana, .state(StateChange())).isEmpty)
    }

    @Test("a new name is shown to all; the chat keeps the old one")
    func rename() throws {
        var room = Room()
        let ana = room.join("Ana")
        _ = room.say(ana, chat("hello"))
        #expect(room.say(ana, .rename(Samples.name("Anna"))).told(ana.connection).map(\.type) == ["participant"])
        #expect(room.say(ana, .rename(Samples.name("Anna"))).isEmpty)
        let (connection, joined) = room.request()
        let welcome = try #require(joined.welcome(for: connection))
        #expect(welcome.chat.first?.name == Samples.name("Ana"))
        #expect(welcome.participants.first?.name == Samples.name("Anna"))
    }

    @Test("a reaction reaches everybody who is connected")
    func reaction() throws {
        var room = Room()
        let ana = room.join("Ana")
        let bo = room.join("Bo")
        _ = room.disconnect(bo)
        let reaction = try #require(Reaction("👍"))
        #expect(room.say(ana, .reaction(reaction)) == [.send(.reaction(from: ana.id, reaction), to: [ana.connection])])
    }
}
