// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

/// T11, T12: parts of the group live on in different epochs, and each part is told that it is the meeting.
@Suite("The server forks the group")
struct ServerForksTests {
    /// From now on the node serves `half` by itself: their commits and messages go to themselves alone.
    private func split(_ trial: Trial, _ half: [SimulatedMember], leak: Bool = false) {
        let ids = Set(half.map(\.id))
        var number: UInt64 = 1_000
        var isOurs = false
        let node = trial.node
        func pass(_ message: NodeMessage, except author: ParticipantID) {
            isOurs = true
            for id in ids.sorted(by: { $0.rawValue < $1.rawValue }) where id != author { node.deliver(message, to: id) }
            isOurs = false
        }
        node.intercept = { message, to in
            if isOurs || !ids.contains(to) { return [message] }
            if leak, case .message = message { return [message] }
            return []
        }
        node.interceptRequest = { request, author in
            guard ids.contains(author) else { return request }
            number += 1
            switch request {
            case .commit(let commit):
                pass(.commit(sequence: number, epoch: commit.epoch, commit: commit.commit), except: author)
                isOurs = true
                node.deliver(
                    .accepted(request: commit.request, epoch: commit.epoch + 1, sequence: number),
                    to: author
                )
                isOurs = false
            case .message(let request, let message, nil):
                pass(.message(sequence: number, from: author, message: message), except: author)
                isOurs = true
                if request != 0 { node.deliver(.sent(request: request), to: author) }
                isOurs = false
                if leak {
                    node.broadcast(except: author) { .message(sequence: $0, from: author, message: message) }
                }
            default: break
            }
            return nil
        }
    }

    @Test("into two halves: each sees the other fall silent within 30 s, and their words differ")
    func halves() throws {
        let trial = try Trial(["Kofi", "Mei", "Noor"])
        trial.stage.ask(trial.host, .cohost(trial.guests[1].id, true))
        trial.expectPeace()
        let first = [trial.host, trial.guests[0]]
        let second = [trial.guests[1], trial.guests[2]]
        split(trial, second)
        let start = trial.stage.now
        trial.stage.give(.lobby(true), to: trial.host)
        trial.stage.give(.lock(true), to: trial.guests[1])
        trial.stage.run(for: .seconds(1))
        // The fork stands: both sides went on, each to an epoch of its own.
        #expect(trial.host.policy?.lobby == true && trial.host.policy?.locked == false)
        #expect(trial.guests[2].policy?.locked == true && trial.guests[2].policy?.lobby == false)
        #expect(trial.host.newestEpoch == trial.guests[2].newestEpoch)
        #expect(trial.host.words == trial.guests[0].words && trial.guests[1].words == trial.guests[2].words)
        #expect(trial.host.words != trial.guests[1].words)
        let flagged = trial.time(within: .seconds(30)) {
            first.allSatisfy { member in second.allSatisfy { member.isWarned(.silent, about: $0.id) } }
                && second.allSatisfy { member in first.allSatisfy { member.isWarned(.silent, about: $0.id) } }
        }
        #expect(flagged != nil)
        #expect(trial.stage.now - start <= .seconds(30))
        // Inside each half people go on.
        trial.stage.say(trial.host, "first")
        trial.stage.say(trial.guests[2], "second")
        #expect(trial.guests[0].chat == ["first"] && trial.guests[1].chat == ["second"])
    }

    @Test("and lets their messages pass: unreadable within seconds")
    func leaking() throws {
        let trial = try Trial(["Kofi", "Mei", "Noor"])
        trial.stage.ask(trial.host, .cohost(trial.guests[1].id, true))
        trial.expectPeace()
        split(trial, [trial.guests[1], trial.guests[2]], leak: true)
        trial.stage.give(.lobby(true), to: trial.host)
        trial.stage.give(.lock(true), to: trial.guests[1])
        let flagged = trial.time(within: .seconds(30)) {
            trial.everybody.allSatisfy { !$0.warningKinds.isDisjoint(with: [.unreadableMessages, .silent]) }
        }
        #expect(flagged != nil)
        #expect(trial.everybody.contains { $0.isWarned(.unreadableMessages) })
    }

    @Test("with one victim alone, who compares by words: they don't come")
    func victim() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        split(trial, [victim])
        let flagged = trial.time(within: .seconds(30)) {
            victim.isWarned(.silent, about: trial.host.id) && victim.isWarned(.silent, about: trial.guests[0].id)
                && trial.host.isWarned(.silent, about: victim.id)
                && trial.guests[0].isWarned(.silent, about: victim.id)
        }
        #expect(flagged != nil)
        trial.stage.ask(trial.host, .compare)
        trial.stage.run(for: .seconds(21))
        #expect(trial.host.shortCode == .failed(waitingFor: [victim.id]))
        trial.expectTalking([trial.host, trial.guests[0]])
    }
}
