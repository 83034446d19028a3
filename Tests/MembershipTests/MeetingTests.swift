// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

@Suite("A meeting of members")
struct MeetingTests {
    let stage = try! Stage()

    @Test("The organiser founds; who has the link comes in, and everybody sees everybody's name and the same words")
    func comeIn() throws {
        let host = try stage.host("Ana")
        #expect(host.isInside)
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        let mei = try stage.guest("Mei", by: link)
        for member in [host, kofi, mei] {
            #expect(member.isInside)
            #expect(member.name(of: host.id) == "Ana")
            #expect(member.name(of: kofi.id) == "Kofi")
            #expect(member.name(of: mei.id) == "Mei")
            #expect(member.people[host.id]?.role == .host)
            #expect(member.people[kofi.id]?.role == .guest)
            #expect(member.words == host.words)
            #expect(member.words.count == 12)
            #expect(member.warnings.isEmpty)
        }
        let epoch = try #require(host.newestEpoch)
        #expect(Secret.equal(try #require(host.frameKey(epoch)), try #require(mei.frameKey(epoch))))
        #expect(mei.sendingEpoch == epoch && host.sendingEpoch == epoch)
    }

    @Test("Chat reaches everybody, a private word one, and late joiners get the chat if the policy says so")
    func chat() throws {
        let host = try stage.host()
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        let mei = try stage.guest("Mei", by: link)
        stage.say(host, "hello")
        stage.say(kofi, "between us", to: mei.id)
        #expect(kofi.chat == ["hello"])
        #expect(mei.chat == ["hello", "between us"])
        #expect(host.chat == [])
        let late = try stage.guest("Late", by: link)
        #expect(late.chat == ["hello"])
        stage.ask(host, .history(.nothing))
        let later = try stage.guest("Later", by: link)
        #expect(later.isInside && later.chat == [])
    }
}
