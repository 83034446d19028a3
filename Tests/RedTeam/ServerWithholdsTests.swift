// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

/// T12: something doesn't come, and nobody says so but the members.
@Suite("The server withholds")
struct ServerWithholdsTests {
    @Test("one message of one sender from one victim: flagged by the sender's next word, within 12 s")
    func oneMessage() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        var dropped = 0
        trial.node.intercept = { message, to in
            guard dropped == 0, to == victim.id, case .message(_, trial.host.id, _) = message else { return [message] }
            dropped += 1
            return []
        }
        trial.stage.give(.say(id: Array("m".utf8), text: Array("lost".utf8), to: nil), to: trial.host)
        let flagged = trial.time(within: .seconds(12)) { victim.isWarned(.withheld, about: trial.host.id) }
        #expect(flagged != nil && dropped == 1)
        #expect(trial.guests[0].warnings == [] && trial.host.warnings == [])
    }

    @Test("a message that it says it has passed on, and the sender's socket right after it")
    func sentAndCut() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        var dropped = 0
        trial.node.intercept = { message, to in
            guard dropped == 0, to == victim.id, case .message(_, trial.host.id, _) = message else { return [message] }
            dropped += 1
            return []
        }
        trial.stage.give(.say(id: Array("m".utf8), text: Array("lost".utf8), to: nil), to: trial.host)
        trial.stage.run(for: .milliseconds(1))
        trial.stage.cut(trial.host)
        trial.stage.open(trial.host)
        trial.stage.run(for: .seconds(30))
        #expect(dropped == 1)
        #expect(trial.guests[0].chat == ["lost"])
        #expect(victim.isWarned(.withheld, about: trial.host.id))
    }

    @Test("everything of one sender from one victim", arguments: [false, true])
    func oneSender(saysLost: Bool) throws {
        let trial = try Trial()
        trial.expectPeace()
        let (sender, victim) = (trial.guests[0], trial.guests[1])
        trial.node.intercept = { message, to in
            if to == victim.id, case .message(_, sender.id, _) = message { return [] }
            return [message]
        }
        if saysLost {
            trial.node.deliver(
                .participant(NodeMessage.Present(participant: sender.id, connected: false)),
                to: victim.id
            )
        }
        let flagged = trial.time(within: .seconds(30)) { victim.isWarned(.silent, about: sender.id) }
        #expect(flagged != nil)
        #expect(trial.host.warnings == [] && sender.warnings == [])
        trial.expectTalking([trial.host, trial.guests[0]])
    }

    @Test("everything of one sender, who is said to come and go all the time")
    func flapping() throws {
        let trial = try Trial()
        trial.expectPeace()
        let (sender, victim) = (trial.guests[0], trial.guests[1])
        trial.node.intercept = { message, to in
            if to == victim.id, case .message(_, sender.id, _) = message { return [] }
            return [message]
        }
        var isConnected = true
        let flagged = trial.time(within: .seconds(30)) {
            isConnected.toggle()
            trial.node.deliver(
                .participant(NodeMessage.Present(participant: sender.id, connected: isConnected)),
                to: victim.id
            )
            return victim.isWarned(.silent, about: sender.id)
        }
        #expect(flagged != nil)
    }

    @Test(
        "all that a victim is told, by cutting it off or sending it out of step again and again: it misses them within 55 s",
        arguments: [5, 12, 20] as [Int64],
        [false, true]
    )
    func cutting(seconds: Int64, isOutOfStep: Bool) throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        trial.node.intercept = { message, to in
            if to == victim.id, case .message = message { return [] }
            return [message]
        }
        for _ in 0..<55 / seconds {
            trial.stage.run(for: .seconds(seconds))
            if isOutOfStep {
                let epoch = try #require(victim.newestEpoch)
                trial.node.deliver(.commit(sequence: 0, epoch: epoch + 1, commit: []), to: victim.id)
            } else {
                trial.stage.cut(victim)
                trial.stage.open(victim)
            }
        }
        #expect(victim.isInside && victim.isWarned(.silent, about: trial.host.id))
    }

    @Test("a line, from one reader, and sends its sender out of step right after, so that counting begins anew")
    func lineThenResync() throws {
        let trial = try Trial()
        trial.expectPeace()
        trial.stage.run(for: .seconds(12))
        let victim = trial.guests[1]
        trial.node.intercept = { message, to in
            if to == victim.id, case .message(_, trial.host.id, _) = message { return [] }
            return [message]
        }
        trial.stage.give(.say(id: [1], text: Array("kept back".utf8), to: nil), to: trial.host)
        trial.stage.run(for: .milliseconds(100))
        trial.node.intercept = { message, _ in [message] }
        let epoch = try #require(trial.host.newestEpoch)
        trial.node.deliver(.commit(sequence: 0, epoch: epoch + 1, commit: []), to: trial.host.id)
        let flagged = trial.time(within: .seconds(20)) { victim.isWarned(.withheld, about: trial.host.id) }
        #expect(flagged != nil && victim.chat == [])
        #expect(!trial.guests[0].isWarned(.withheld, about: trial.host.id))
    }

    @Test("a commit from one victim: they and the others part, and both sides say so within 30 s")
    func commit() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        trial.node.intercept = { message, to in
            if to == victim.id, case .commit = message { return [] }
            return [message]
        }
        trial.stage.give(.lobby(true), to: trial.host)
        let flagged = trial.time(within: .seconds(30)) {
            victim.isWarned(.silent, about: trial.host.id) && victim.isWarned(.silent, about: trial.guests[0].id)
                && trial.host.isWarned(.silent, about: victim.id)
                && trial.guests[0].isWarned(.silent, about: victim.id)
        }
        #expect(flagged != nil)
        #expect(victim.policy?.lobby == false)
        trial.expectTalking([trial.host, trial.guests[0]])
        // The next commit that does come shows where the others are.
        trial.node.intercept = { message, _ in [message] }
        trial.stage.ask(trial.host, .lobby(false))
        #expect(victim.isInside && victim.words == trial.host.words)
        trial.expectTalking()
    }

    @Test("a sender's sound from one victim: flagged within 30 s, while the rest goes on")
    func media() throws {
        let trial = try Trial()
        let (sender, victim, other) = (trial.guests[0], trial.guests[1], trial.host)
        var sealed: UInt32 = 0
        func play(for seconds: Int, toVictim: Bool, until isSo: () -> Bool = { false }) -> Int? {
            for second in 0..<seconds {
                if isSo() { return second }
                sealed += 50
                trial.stage.give(.counts(FrameCounts(sealed: [sealed], received: [])), to: sender)
                let heard = FrameCounts.Received(
                    participant: sender.id,
                    source: 0,
                    opened: sealed,
                    refused: 0,
                    isWanted: true
                )
                trial.stage.give(.counts(FrameCounts(sealed: [], received: [heard])), to: other)
                if toVictim { trial.stage.give(.counts(FrameCounts(sealed: [], received: [heard])), to: victim) }
                trial.stage.run(for: .seconds(1))
            }
            return isSo() ? seconds : nil
        }
        _ = play(for: 60, toVictim: true)
        #expect(trial.everybody.allSatisfy { $0.warnings == [] })
        let flagged = play(for: 30, toVictim: false) { victim.isWarned(.mediaWithheld, about: sender.id, detail: "0") }
        #expect(flagged != nil)
        #expect(other.warnings == [])
        trial.expectTalking()
    }
}
