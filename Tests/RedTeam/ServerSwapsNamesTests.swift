// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// T15: who is who is what they have signed themselves.
@Suite("The server swaps names")
struct ServerSwapsNamesTests {
    @Test("by naming another sender beside a message: the name inside counts")
    func senders() throws {
        let trial = try Trial()
        trial.node.intercept = { message, _ in
            guard case .message(let number, let from, let content) = message else { return [message] }
            let other = from == trial.host.id ? trial.guests[0].id : trial.host.id
            return [.message(sequence: number, from: other, message: content)]
        }
        trial.stage.ask(trial.guests[0], .rename(Array("Kwame".utf8)))
        trial.stage.say(trial.host, "it is me")
        for member in trial.everybody {
            #expect(member.name(of: trial.host.id) == "Ana")
            #expect(member.name(of: trial.guests[0].id) == "Kwame")
        }
        for case .chat(let chat) in trial.guests[1].events { #expect(chat.from == trial.host.id) }
        trial.expectPeace()
    }

    @Test("with a link: a knock in a newcomer's place says the newcomer's key and another name")
    func knock() throws {
        let trial = try Trial()
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        trial.stage.ask(trial.host, .lobby(true))
        let victim = trial.guests[0]
        var forgeries = 0
        trial.node.intercept = { message, receiver in
            guard case .knock(let sealed) = message, receiver == victim.id,
                var bytes = try? keys.open(SealedBox(bytes: sealed.knock), for: .knock, with: NativeCrypto.self),
                let place = bytes.indices.last(where: { bytes[$0...].starts(with: Array("Knocker".utf8)) })
            else { return [message] }
            bytes.replaceSubrange(place..<place + 7, with: Array("Mallory".utf8))
            // The name's length stands between. No later statement of the newcomer's own has a higher version.
            let version = place - 9
            bytes.replaceSubrange(version..<version + 8, with: [UInt8](repeating: 0xFF, count: 8))
            guard let forged = try? Knock(decoding: bytes), forged.statement.version == .max,
                let box = try? keys.seal(bytes, for: .knock, with: NativeCrypto.self, using: &trial.randomness)
            else { return [message] }
            forgeries += 1
            return [
                .knock(
                    NodeMessage.SealedKnock(participant: sealed.participant, alias: sealed.alias, knock: box.bytes)
                )
            ]
        }
        let knocker = try trial.stage.guest("Knocker", by: trial.link)
        trial.stage.ask(trial.host, .admit(knocker.id))
        trial.stage.run(for: .seconds(2))
        #expect(forgeries > 0 && knocker.isInside)
        for member in trial.everybody { #expect(member.name(of: knocker.id) == "Knocker") }
    }

    @Test("with a member's help: others' statements, names and chat in a greeting can't be altered")
    func greeting() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        trial.stage.say(trial.host, "ten o'clock")
        let mallory = trial.guests[1]
        let insider = try Insider(mallory, trial)
        trial.stage.kill(mallory)
        var author = trial.guests[0].member
        let made = author.makeStatement()
        let real = try #require(made)
        var altered: [Statement] = []
        for index in real.encoded.indices {
            var bytes = real.encoded
            bytes[index] ^= 1
            if let statement = try? Statement(decoding: bytes) { altered.append(statement) }
        }
        #expect(altered.count > 100)
        let line = try #require(trial.host.member.history.lines.first)
        var lines: [ChatLine] = []
        for index in line.encoded.indices {
            var bytes = line.encoded
            bytes[index] ^= 1
            if let changed = try? ChatLine(decoding: bytes) { lines.append(changed) }
        }
        let late = try trial.enter("Late")
        #expect(late.chat == ["ten o'clock"])
        try insider.follow(trial)
        let greeting = Greeting(statements: altered, chat: lines, olderLinks: [[1]], startedAt: 0)
        try insider.say(.greeting(greeting), to: late.id, trial)
        trial.stage.run(for: .seconds(1))
        #expect(late.name(of: trial.host.id) == "Ana" && late.name(of: trial.guests[0].id) == "Kofi")
        #expect(late.people.count == 4)
        #expect(late.chat == ["ten o'clock"])
        // Nor can they say it in somebody's name afterwards.
        try insider.say(.statement(real), trial)
        try insider.say(.chat(line), trial)
        trial.stage.run(for: .seconds(1))
        #expect(late.chat == ["ten o'clock"])
    }

    @Test("with a member's help: nobody is told of chat by people whom nobody knew, once the greetings are over")
    func lateGreeting() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        trial.expectPeace()
        let insider = try Insider(trial.guests[1], trial)
        trial.stage.kill(trial.guests[1])
        let invented = try trial.suite.generateSignatureKey(using: &trial.randomness)
        let cardHash = try #require(trial.host.policy).cardHash
        let line = try ChatLine(
            by: invented,
            id: [1],
            at: 1,
            text: Array("never said".utf8),
            cardHash: cardHash,
            trial.suite
        )
        #expect(line.isValid(cardHash: cardHash, trial.suite))
        let greeting = Greeting(statements: [], chat: [line], olderLinks: [], startedAt: 0)
        try insider.say(.greeting(greeting), to: trial.guests[0].id, trial)
        trial.stage.run(for: .seconds(1))
        #expect(trial.guests[0].chat == [])
        #expect(trial.guests[0].warnings == [])
    }
}
