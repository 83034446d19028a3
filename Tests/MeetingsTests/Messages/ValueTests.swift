// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

@Suite("Names, texts and tokens")
struct ValueTests {
    @Test("a name is trimmed, and what can't be seen or turns text around is dropped")
    func names() {
        #expect(DisplayName("  Ana \n")?.text.value == "Ana")
        #expect(DisplayName("A\u{202E}na\u{0}\u{2066}")?.text.value == "Ana")
        #expect(DisplayName("Zoë 王小明 👩‍💻")?.text.value == "Zoë 王小明 👩‍💻")
        #expect(DisplayName(String(repeating: "é", count: 64)) != nil)
    }

    @Test(
        "what isn't a name is refused",
        arguments: [
            "", "   ", "\n\t", "\u{202E}", String(repeating: "a", count: 65), String(repeating: "a\u{301}", count: 100),
            "a" + String(repeating: "\u{301}", count: 300), String(repeating: " ", count: 1_000_000) + "a",
        ]
    )
    func notNames(text: String) {
        #expect(DisplayName(text) == nil)
    }

    @Test("a chat text keeps its lines and has an end")
    func texts() {
        #expect(ChatText("a\n\tb\u{7}")?.text.value == "a\n\tb")
        #expect(ChatText(String(repeating: "王", count: 4_000)) != nil)
        #expect(ChatText(String(repeating: "a", count: 4_001)) == nil)
        #expect(ChatText("a" + String(repeating: "\u{301}", count: 9_000)) == nil)
        #expect(ChatText(" \n ") == nil)
        #expect(ChatText("\u{7}") == nil)
    }

    @Test("a reaction is one visible character", arguments: ["👍", "👨‍👩‍👧‍👦", "👩🏽‍❤️‍💋‍👨🏽", "🇨🇭", "a"])
    func reactions(emoji: String) {
        #expect(Reaction(emoji)?.emoji == emoji)
    }

    @Test("anything longer or invisible isn't", arguments: ["", " ", "👍👍", "\n", "\u{202E}", "a\u{202E}"])
    func notReactions(emoji: String) {
        #expect(Reaction(emoji) == nil)
        #expect(Reaction("a" + String(repeating: "\u{301}", count: 40)) == nil)
    }

    @Test("chat ids are short and printable")
    func chatIDs() {
        #expect(ChatMessageID("123e4567-e89b-12d3-a456-426614174000") != nil)
        #expect(ChatMessageID(String(repeating: "a", count: 37)) == nil)
        #expect(ChatMessageID("") == nil)
        #expect(ChatMessageID("a b") == nil)
        #expect(ChatMessageID("é") == nil)
    }

    @Test("tokens are 32 bytes in one spelling")
    func tokens() {
        let text = Samples.hostToken.text
        #expect(text.count == 43)
        #expect(HostToken(text)?.text == text)
        #expect(HostToken(text + "=") == nil)
        #expect(HostToken(String(text.dropLast())) == nil)
        #expect(ResumeToken(text) != nil)
        #expect(Samples.resume(1) == Samples.resume(1))
        #expect(Samples.resume(1) != Samples.resume(2))
    }

    @Test("nothing about a person or a secret is printable")
    func redacted() {
        let canary = "Canary-7f3a"
        let name = Samples.name(canary)
        let view = ParticipantView(id: Samples.ana, name: name, role: .guest)
        let entry = ChatEntry(
            id: Samples.chatID("1"),
            from: Samples.ana,
            name: name,
            text: Samples.text(canary),
            at: 0
        )
        let welcome = Welcome(
            own: Samples.ana,
            resume: Samples.resume(7),
            role: .host,
            participants: [view],
            chat: [entry]
        )
        let values: [Any] = [
            name, view, entry, welcome, Knock(participant: Samples.ana, name: name), ServerMessage.welcome(welcome),
            ServerMessage.published(request: 1, answer: canary), ClientMessage.rename(name),
            ClientMessage.publish(request: 1, offer: canary, sources: []),
            JoinRequest(meeting: Samples.meeting, name: name),
            MediaCommand.publish(Samples.ana, request: 1, offer: canary, sources: []),
            MediaEvent.published(Samples.ana, request: 1, answer: canary), Samples.text(canary),
            MeetingAction.send(.chat(entry), to: []), Samples.resume(7), Samples.hostToken,
            ICEServer(urls: [canary], username: canary, credential: canary),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in [dumped, "\(value)", String(reflecting: value)] {
                #expect(!text.contains(canary))
                #expect(!text.contains(Samples.resume(7).text))
            }
        }
    }
}
