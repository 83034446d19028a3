// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// T13: members are brought back to where the meeting was before.
@Suite("The server rolls back")
struct ServerRollsBackTests {
    @Test("with an old group info for somebody who comes back")
    func oldGroupInfo() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        let room = try #require(trial.node.room)
        let old = NodeMessage.group(
            epoch: room.group.epoch,
            groupInfo: room.sealedGroupInfo,
            tree: room.group.tree.encoded
        )
        trial.stage.ask(trial.host, .lobby(true))
        trial.stage.ask(trial.host, .lobby(false))
        let epoch = trial.host.newestEpoch
        // The old one is genuine: a newcomer couldn't tell, and would make a commit that nobody takes.
        trial.node.intercept = { message, to in
            if to == victim.id, case .group = message { return [old] }
            return [message]
        }
        trial.node.deliver(.commit(sequence: 0, epoch: 1_000, commit: []), to: victim.id)
        trial.stage.run(for: .seconds(1))
        #expect(victim.isWarned(.fork, detail: "rollback"))
        #expect(victim.ending?.ending == .interrupted)
        #expect(trial.host.newestEpoch == epoch)
        trial.expectTalking([trial.host, trial.guests[0]])
    }

    @Test("with the Welcome that somebody came in by, when they come again")
    func oldWelcome() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        let first = trial.node.delivered.first { entry in
            if entry.to == victim.id, case .welcome(let welcome) = entry.message {
                !welcome.welcome.isEmpty
            } else {
                false
            }
        }
        let old = try #require(first).message
        trial.stage.ask(trial.host, .lobby(true))
        trial.node.intercept = { message, to in
            if to == victim.id, case .door = message { return [message, old] }
            return [message]
        }
        trial.node.deliver(.commit(sequence: 0, epoch: 1_000, commit: []), to: victim.id)
        trial.stage.run(for: .seconds(1))
        // It isn't for the key package that they came with this time.
        #expect(!victim.isInside)
        #expect(victim.ending?.ending == .foreignRoom)
        #expect(victim.warningKinds == [.foreignCard])
        trial.expectTalking([trial.host, trial.guests[0]])
    }

    /// Refusals of the last commit by those, as they would sign them.
    private func refusals(
        _ trial: Trial,
        of commit: [UInt8],
        in group: PublicGroup<NativeCrypto>,
        by members: [SimulatedMember]
    ) throws -> [[UInt8]] {
        try members.map { member in
            let leaf = try #require(
                group.tree.members.first { $0.node.signatureKey == member.member.signatureKey.publicKey }
            ).leaf
            return try CommitRefusal(
                of: commit,
                because: Array("made up".utf8),
                in: group,
                leaf: leaf,
                signatureKey: member.member.signatureKey
            ).encoded
        }
    }

    private func lastCommit(_ trial: Trial) throws -> [UInt8] {
        for entry in trial.node.delivered.reversed() {
            if case .commit(_, _, let commit) = entry.message { return commit }
        }
        throw LinkRefusal.cardMalformed
    }

    @Test("by 'reopened' with too few, repeated or forged refusals: nobody goes back, everybody says so")
    func falselyReopened() throws {
        let trial = try Trial(["Kofi", "Mei", "Noor"])
        trial.expectPeace()
        let before = try #require(trial.node.room?.group)
        trial.stage.ask(trial.host, .lobby(true))
        let commit = try lastCommit(trial)
        // One of the three others is the node's accomplice.
        let one = try refusals(trial, of: commit, in: before, by: [trial.guests[0]])
        // The author's own isn't one of the others'.
        let own = try refusals(trial, of: commit, in: before, by: [trial.host])
        let other = try refusals(trial, of: commit + [0], in: before, by: [trial.guests[1], trial.guests[2]])
        var garbled = try refusals(trial, of: commit, in: before, by: [trial.guests[1], trial.guests[2]])
        for index in garbled.indices { garbled[index][garbled[index].count - 1] ^= 1 }
        let epoch = trial.host.newestEpoch
        for attempt in [[], one, one + one + one, one + own, one + other, one + garbled, [[1, 2, 3]]] {
            let warned = trial.everybody.map(\.warnings.count)
            trial.node.broadcast(except: nil) { .reopened(sequence: $0, epoch: before.epoch, refusals: attempt) }
            trial.stage.run(for: .milliseconds(100))
            for (member, count) in zip(trial.everybody, warned) {
                #expect(member.newestEpoch == epoch && member.sendingEpoch == epoch)
                #expect(member.policy?.lobby == true)
                #expect(member.warnings.dropFirst(count).map(\.kind) == [.fork])
            }
        }
        // Real ones do it, which shows that the above would have, had it been enough.
        let enough = try refusals(trial, of: commit, in: before, by: [trial.guests[0], trial.guests[1]])
        trial.node.broadcast(except: nil) { .reopened(sequence: $0, epoch: before.epoch, refusals: enough) }
        trial.stage.run(for: .milliseconds(100))
        for member in trial.everybody {
            #expect(member.policy?.lobby == false)
            #expect(member.isWarned(.reopened, about: trial.host.id))
        }
    }

    @Test("by 'reopened' more than ten seconds later")
    func reopenedLate() throws {
        let trial = try Trial()
        let before = try #require(trial.node.room?.group)
        trial.stage.ask(trial.host, .lobby(true))
        let enough = try refusals(trial, of: try lastCommit(trial), in: before, by: trial.guests)
        trial.stage.run(for: .seconds(10))
        trial.node.broadcast(except: nil) { .reopened(sequence: $0, epoch: before.epoch, refusals: enough) }
        trial.stage.run(for: .seconds(1))
        for member in trial.everybody { #expect(member.policy?.lobby == true && member.warnings == []) }
        trial.expectTalking()
    }

    @Test("and then to the void epoch again, with its commit or what was said meanwhile")
    func voidCommitAgain() throws {
        let trial = try Trial()
        trial.stage.ask(trial.host, .state([.microphone]))
        let booths = trial.everybody.map(Booth.init)
        for booth in booths { try booth.follow(trial.stage.now) }
        let before = try #require(trial.node.room?.group)
        // Kept back until its epoch has been left: heard then, and not a second time after going back to it.
        var late: [(NodeMessage, ParticipantID)] = []
        trial.node.intercept = { message, to in
            guard case .message(_, trial.guests[0].id, _) = message, late.count < 2 else { return [message] }
            late.append((message, to))
            return []
        }
        trial.stage.give(.react(Array("👍".utf8)), to: trial.guests[0])
        trial.stage.run(for: .milliseconds(10))
        #expect(late.count == 2)
        trial.stage.give(.lock(true), to: trial.host)
        trial.stage.run(for: .milliseconds(100))
        for (message, to) in late { trial.node.deliver(message, to: to) }
        trial.stage.run(for: .milliseconds(100))
        func reactions(_ member: SimulatedMember) -> Int {
            member.events.count { if case .reaction = $0 { true } else { false } }
        }
        #expect(trial.everybody.map(reactions) == [1, 1, 1])
        let commit = try lastCommit(trial)
        let void = try #require(trial.host.newestEpoch)
        for booth in booths { try booth.follow(trial.stage.now) }
        let enough = try refusals(trial, of: commit, in: before, by: trial.guests)
        trial.node.broadcast(except: nil) { .reopened(sequence: $0, epoch: before.epoch, refusals: enough) }
        trial.stage.run(for: .milliseconds(100))
        for booth in booths { try booth.follow(trial.stage.now) }
        for member in trial.everybody { #expect(member.sendingEpoch == before.epoch) }
        let count = trial.host.frames.count

        trial.node.broadcast(except: nil) { .commit(sequence: $0, epoch: before.epoch, commit: commit) }
        for (message, to) in late { trial.node.deliver(message, to: to) }
        trial.stage.run(for: .milliseconds(100))
        #expect(trial.host.frames.count == count)
        for member in trial.everybody {
            #expect(member.sendingEpoch == before.epoch && member.policy?.locked == false)
        }
        #expect(trial.everybody.map(reactions) == [1, 1, 1])
        // The node, which follows members again, gets the next commit: its epoch has the void one's number.
        trial.node.room?.group = before
        trial.stage.ask(trial.guests[0], .react(Array("!".utf8)))
        trial.stage.ask(trial.host, .lobby(true))
        #expect(trial.host.newestEpoch == void)
        for member in trial.everybody { #expect(member.policy?.lobby == true && member.words == trial.host.words) }
        for booth in booths { try booth.follow(trial.stage.now) }
        let frame = try booths[0].seal("again")
        #expect(try booths[1].open(frame, of: trial.host.id) == "again")
        trial.expectTalking()
    }
}
