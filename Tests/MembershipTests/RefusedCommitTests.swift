// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import MeetingSupport
import NativeCrypto
import TestSupport
import Testing

@testable import Membership

@Suite("A commit that members refuse")
struct RefusedCommitTests {
    let stage = try! Stage()
    let host: SimulatedMember
    let kofi: SimulatedMember
    /// Host, two guests, and Zoe, who can follow the broken path.
    let others: [SimulatedMember]
    let zoe: SimulatedMember

    init() throws {
        host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        kofi = try stage.guest("Kofi", by: link)
        let mei = try stage.guest("Mei", by: link)
        let lin = try stage.guest("Lin", by: link)
        zoe = try stage.guest("Zoe", by: link)
        others = [host, mei, lin, zoe]
    }

    private func commit(_ bytes: [UInt8]) {
        stage.node.take(DishonestCommit.request(bytes, epoch: stage.epoch), from: kofi.id)
        stage.run(for: .seconds(1))
    }

    private func expectOneGroup() {
        for member in others {
            #expect(member.isInside && member.words == host.words && member.people.count == 5)
        }
    }

    @Test("A wrong confirmation tag: everybody refuses, the epoch is open again, and its author is named")
    func wrongTag() throws {
        let before = stage.epoch
        commit(try DishonestCommit.withWrongTag(in: #require(kofi.member.group)))
        #expect(stage.epoch == before && stage.node.refusals.count >= 3)
        for member in others {
            #expect(member.warnings.map(\.kind) == [.refusedCommit])
            #expect(member.warnings.map(\.about) == [kofi.id])
            #expect(member.warnings.first.map { String(decoding: $0.detail, as: UTF8.self) } == "confirmationTag")
        }
        stage.ask(host, .lobby(true))
        for member in others { #expect(member.policy?.lobby == true) }
        expectOneGroup()
    }

    @Test("A path that most can't read: who followed goes back, and what they said is said again, once")
    func brokenPath() throws {
        let before = try #require(zoe.newestEpoch)
        stage.node.countsRefusals = false
        commit(try DishonestCommit.withBrokenPath(in: #require(kofi.member.group)))
        #expect(zoe.newestEpoch == before + 1 && zoe.warnings.isEmpty)
        #expect(host.newestEpoch == before)
        #expect(host.warnings.first.map { String(decoding: $0.detail, as: UTF8.self) } == "path")
        stage.give(.say(id: Array("z".utf8), text: Array("in the void".utf8), to: nil), to: zoe)
        stage.run(for: .seconds(1))
        #expect(zoe.sent == ["z"] && host.chat == [])
        stage.node.reopen(with: stage.node.refusals.map(\.encoded))
        stage.settle()
        #expect(zoe.warnings.map(\.kind) == [.reopened] && zoe.warnings.map(\.about) == [kofi.id])
        #expect(zoe.sendingEpoch == before && zoe.voided == [before + 1])
        for member in others where member !== zoe { #expect(member.chat == ["in the void"]) }
        // And on together.
        stage.ask(host, .lobby(true))
        stage.say(zoe, "on we go")
        #expect(host.chat == ["in the void", "on we go"] && zoe.newestEpoch == before + 1)
        #expect(zoe.sendingEpoch == before + 1)
        let epoch = before + 1
        #expect(Secret.equal(try #require(zoe.frameKey(epoch)), try #require(host.frameKey(epoch))))
        expectOneGroup()
    }

    @Test("A commit that was void comes again after another void one: nobody follows it a second time")
    func voidTwice() throws {
        stage.node.countsRefusals = false
        let before = try #require(zoe.newestEpoch)
        let group = try #require(stage.node.room?.group)
        let first = try DishonestCommit.withBrokenPath(in: #require(kofi.member.group))
        for bytes in [first, try DishonestCommit.withBrokenPath(in: #require(kofi.member.group), seed: 6)] {
            stage.node.deliver(.commit(sequence: 0, epoch: before, commit: bytes), to: zoe.id)
            stage.run(for: .milliseconds(10))
            #expect(zoe.newestEpoch == before + 1)
            let refusals = try others.filter { $0 !== zoe }.map { member in
                try CommitRefusal(
                    of: bytes,
                    because: [],
                    in: group,
                    leaf: #require(member.member.group).leaf,
                    signatureKey: member.member.signatureKey
                ).encoded
            }
            stage.node.deliver(.reopened(sequence: 0, epoch: before, refusals: refusals), to: zoe.id)
            stage.run(for: .milliseconds(10))
            #expect(zoe.sendingEpoch == before)
        }
        let keys = zoe.frames.count
        stage.node.deliver(.commit(sequence: 0, epoch: before, commit: first), to: zoe.id)
        stage.run(for: .milliseconds(10))
        #expect(zoe.sendingEpoch == before && zoe.frames.count == keys)
    }

    @Test("Too few refusals, repeated ones, or forged ones bring nobody back: the node is forking")
    func forgedRefusals() throws {
        stage.node.countsRefusals = false
        let before = try #require(zoe.newestEpoch)
        commit(try DishonestCommit.withBrokenPath(in: #require(kofi.member.group)))
        let real = stage.node.refusals
        #expect(real.count == 3)
        var bent = real.map(\.encoded)
        for index in bent.indices { bent[index][bent[index].count - 1] ^= 1 }
        // The author's own doesn't count either.
        let authors = try CommitRefusal(
            of: #require(stage.node.former?.commit),
            because: [],
            in: #require(stage.node.former?.room.group),
            leaf: #require(kofi.member.group).leaf,
            signatureKey: kofi.member.signatureKey
        )
        for refusals in [
            [], bent, [real[0].encoded, real[0].encoded, real[0].encoded], [real[0].encoded, real[1].encoded],
            [real[0].encoded, real[1].encoded, authors.encoded],
        ] {
            let warned = zoe.warnings.count
            stage.node.deliver(.reopened(sequence: 0, epoch: before, refusals: refusals), to: zoe.id)
            stage.run(for: .milliseconds(10))
            #expect(zoe.warnings.count == warned + 1 && zoe.warnings.last?.kind == .fork)
            #expect(zoe.newestEpoch == before + 1 && zoe.voided == [])
        }
    }

    @Test("Who is removed by a commit has no say in whether it holds")
    func removedHasNoSay() throws {
        // Of three, so that the removed one's word would be half.
        for member in [others[1], others[2]] { stage.ask(member, .leave) }
        stage.node.countsRefusals = false
        let before = try #require(stage.node.room?.group)
        let thief = try #require(kofi.member.group)
        stage.ask(host, .remove(kofi.id))
        let commit = try #require(stage.node.former?.commit)
        let refusal = try CommitRefusal(
            of: commit,
            because: [],
            in: before,
            leaf: thief.leaf,
            signatureKey: kofi.member.signatureKey
        )
        stage.node.deliver(
            .reopened(sequence: 0, epoch: before.epoch, refusals: [refusal.encoded]),
            to: zoe.id
        )
        stage.settle()
        #expect(zoe.people.count == 2 && zoe.voided == [] && zoe.warningKinds == [.fork])
    }

    @Test("Few can't read it and the rest follow: they come in again by themselves, at the same place")
    func minority() throws {
        stage.node.interceptRequest = { request, _ in if case .refuse = request { nil } else { request } }
        commit(try DishonestCommit.withBrokenPath(in: #require(kofi.member.group)))
        // As after a commit that only they can't read. What lies at the node for those who come in is Zoe's, not Kofi's.
        let group = try #require(zoe.member.group)
        var randomness = SeededRandomness(seed: 8)
        stage.node.room?.sealedGroupInfo = try zoe.member.sealedGroupInfo(
            of: group,
            under: zoe.member.links.current,
            using: &randomness
        )
        stage.run(for: .seconds(15))
        for member in others {
            #expect(member.isInside && member.gone.isEmpty)
            #expect(member.words == zoe.words)
        }
    }

    @Test("A commit against the rules, and a node that lets its author go on: nobody comes after them")
    func againstTheRules() throws {
        stage.node.countsRefusals = false
        let before = try #require(host.newestEpoch)
        var group = try #require(kofi.member.group)
        var randomness = SeededRandomness(seed: 5)
        var policy = try #require(host.policy)
        policy.cohosts = [kofi.id]
        let coup = try group.commit(
            CommitOptions(proposals: [.groupContextExtensions(group.context.extensions.with(policy.asExtension))]),
            rules: OpenRules(),
            using: &randomness
        )
        commit(coup.commit.encoded)
        for member in others {
            #expect(member.warnings.map { String(decoding: $0.detail, as: UTF8.self) } == ["policyNotByKeeper"])
        }
        try group.adopt(coup.staged)
        let more = try group.commit(rules: OpenRules(), using: &randomness)
        commit(more.commit.encoded)
        stage.run(for: .seconds(5))
        for member in others {
            #expect(member.newestEpoch == before && member.isInside)
            #expect(member.warnings.map(\.kind).prefix(2) == [.refusedCommit, .fork])
            #expect(member.people[kofi.id]?.role == .guest)
        }
        // They can still talk to each other.
        stage.say(host, "did you see that?")
        #expect(zoe.chat == ["did you see that?"])
    }

    @Test("An old commit under a new number, or garbage, changes nothing and names nobody")
    func replays() throws {
        stage.ask(host, .lobby(true))
        let commits = stage.node.delivered.compactMap { entry -> [UInt8]? in
            if case .commit(_, _, let commit) = entry.message, entry.to == zoe.id { commit } else { nil }
        }
        let epoch = stage.epoch
        for commit in commits {
            stage.node.deliver(.commit(sequence: 0, epoch: epoch, commit: commit), to: zoe.id)
            stage.node.deliver(.commit(sequence: 0, epoch: 0, commit: commit), to: zoe.id)
        }
        stage.settle()
        #expect(zoe.warnings.isEmpty && zoe.words == host.words)
        stage.node.deliver(.commit(sequence: 0, epoch: epoch, commit: [1, 2, 3]), to: zoe.id)
        stage.run(for: .seconds(1))
        #expect(zoe.warnings.map(\.kind) == [.refusedCommit] && zoe.warnings.map(\.about) == [nil])
    }
}
