// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// Every byte of one real thing of each kind, changed: each refused by name, nothing traps, nobody moves.
@Suite("The server tampers")
struct ServerTampersTests {
    /// One bit of each byte, a different one each time, and the last byte gone or one more.
    private func variants(_ bytes: [UInt8]) -> [[UInt8]] {
        var variants = bytes.indices.map { index in
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            return changed
        }
        variants.append(Array(bytes.dropLast()))
        variants.append(bytes + [0])
        return variants
    }

    @Test("with a commit: whoever gets it stays, refuses it and names nobody for it")
    func commit() throws {
        let trial = try Trial()
        trial.stage.ask(trial.guests[0], .rename(Array("K".utf8)))
        let made = try trial.commit(by: trial.host, [])
        let victim = trial.guests[0]
        let epoch = try #require(victim.newestEpoch)
        let bytes = made.commit.encoded
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: victim))
        var warned = 0
        for changed in variants(bytes) {
            var group = try trial.keys(of: victim)
            let refusal = #expect(throws: MLSRefusal.self) { try group.receive(changed, rules: OpenRules()) }
            // Said to be of an epoch that is gone, or to come, it is no more than late.
            if refusal != .wrongEpoch, refusal != .epochTooOld { warned += 1 }
            trial.node.deliver(.commit(sequence: 0, epoch: epoch, commit: changed), to: victim.id)
        }
        trial.stage.run(for: .milliseconds(10))
        #expect(victim.newestEpoch == epoch && victim.ending == nil)
        #expect(warned >= bytes.count + 2 - 8 && victim.warnings.count == warned)
        #expect(victim.warnings.allSatisfy { $0.kind == .refusedCommit && $0.about == nil })
        trial.expectTalking()
    }

    @Test("with a message: nothing of it is shown")
    func message() throws {
        let trial = try Trial()
        let victim = trial.guests[0]
        trial.node.intercept = { message, to in
            guard to == victim.id, case .message(_, trial.host.id, _) = message else { return [message] }
            return []
        }
        trial.stage.give(.say(id: [1], text: Array("hello".utf8), to: nil), to: trial.host)
        trial.stage.run(for: .milliseconds(10))
        let sent = trial.node.delivered.last {
            if case .message(_, trial.host.id, _) = $0.message { true } else { false }
        }
        guard case .message(_, _, let bytes)? = sent?.message else {
            Issue.record("nothing was said")
            return
        }
        trial.node.intercept = { message, _ in [message] }
        for changed in variants(bytes) {
            var group = try trial.keys(of: victim)
            #expect(throws: MLSRefusal.self) { try group.receive(changed, rules: OpenRules()) }
            trial.node.deliver(.message(sequence: 0, from: trial.host.id, message: changed), to: victim.id)
        }
        trial.stage.run(for: .milliseconds(10))
        #expect(victim.chat == [] && victim.isWarned(.unreadableMessages))
        // None of them has used up its key.
        trial.node.deliver(.message(sequence: 0, from: trial.host.id, message: bytes), to: victim.id)
        trial.stage.run(for: .milliseconds(10))
        #expect(victim.chat == ["hello"])
    }

    @Test("with a Welcome, its tree, or both: nobody gets in by it")
    func welcome() throws {
        let trial = try Trial()
        let bundle = try trial.stranger()
        var group = try trial.keys(of: trial.host)
        var options = CommitOptions(proposals: [trial.linkKeyProposal(generation: 1), .add(bundle.keyPackage)])
        options.treeInWelcome = false
        let made = try group.commit(
            options,
            rules: OpenRules(),
            preSharedKeys: trial.linkKeys,
            using: &trial.randomness
        )
        let welcome = try #require(made.welcome).encoded
        let tree = try #require(made.staged.next).tree.encoded
        let card = trial.host.member.link?.card
        func join(_ welcome: [UInt8], _ tree: [UInt8]) throws {
            guard case .welcome(let message) = try MessageIn(decoding: welcome).message else {
                throw MLSRefusal.notAHandshakeMessage
            }
            _ = try NativeGroup(
                message,
                bundle,
                tree: tree,
                requiring: MeetingPolicy.linkKeySource(generation: 1),
                rules: MeetingRules<NativeCrypto>(tree: nil, extensions: .none, card: card),
                preSharedKeys: trial.linkKeys
            )
        }
        try join(welcome, tree)
        for changed in variants(welcome) { #expect(throws: MLSRefusal.self) { try join(changed, tree) } }
        for changed in variants(tree) { #expect(throws: MLSRefusal.self) { try join(welcome, changed) } }
    }

    @Test("with the sealed group info and card, a knock, an invitation: none opens")
    func boxes() throws {
        let trial = try Trial()
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        let room = try #require(trial.node.room)
        let card = try #require(room.cards.values.first)
        _ = try MeetingLink(trial.link, sealedCard: SealedBox(bytes: card), with: NativeCrypto.self)
        for changed in variants(card) {
            #expect(throws: LinkRefusal.cardNotOpened) {
                try MeetingLink(trial.link, sealedCard: SealedBox(bytes: changed), with: NativeCrypto.self)
            }
        }
        let info = room.sealedGroupInfo
        for changed in variants(info) + [card] {
            #expect(throws: CryptoRefusal.self) {
                try keys.open(SealedBox(bytes: changed), for: .groupInfo, with: NativeCrypto.self)
            }
        }
        trial.stage.ask(trial.host, .lobby(true))
        let knocker = try trial.stage.guest("Knocker", by: trial.link)
        let knock = try #require(trial.node.waiting[knocker.id])
        func knocks() -> Int { trial.host.events.count { if case .knock = $0 { true } else { false } } }
        #expect(knocks() == 1)
        trial.node.deliver(.knockGone(knocker.id), to: trial.host.id)
        for changed in variants(knock) {
            trial.node.deliver(
                .knock(NodeMessage.SealedKnock(participant: knocker.id, alias: room.currentAlias, knock: changed)),
                to: trial.host.id
            )
        }
        // Nor is it anybody else's, or of another link.
        trial.node.deliver(
            .knock(NodeMessage.SealedKnock(participant: trial.host.id, alias: room.currentAlias, knock: knock)),
            to: trial.host.id
        )
        trial.node.deliver(
            .knock(
                NodeMessage.SealedKnock(
                    participant: knocker.id,
                    alias: Array("AAAAAAAAAAAAAAAAAAAAAA".utf8),
                    knock: knock
                )
            ),
            to: trial.host.id
        )
        trial.stage.run(for: .milliseconds(10))
        #expect(knocks() == 1)
        trial.node.deliver(
            .knock(NodeMessage.SealedKnock(participant: knocker.id, alias: room.currentAlias, knock: knock)),
            to: trial.host.id
        )
        trial.stage.run(for: .milliseconds(10))
        #expect(knocks() == 2)
    }

    @Test("with the group info itself, though somebody with the link sealed it again")
    func groupInfo() throws {
        let trial = try Trial()
        let group = try trial.keys(of: trial.host)
        let info = try group.groupInfo(withTree: false)
        let tree = group.tree.encoded
        let bundle = try trial.stranger()
        func join(_ bytes: [UInt8], _ tree: [UInt8]) throws {
            guard case .groupInfo(let info) = try MessageIn(decoding: bytes).message else {
                throw MLSRefusal.notAHandshakeMessage
            }
            _ = try ExternalJoin<NativeCrypto>(
                info,
                tree: tree,
                member: bundle.member,
                sources: [MeetingPolicy.linkKeySource(generation: 1)],
                preSharedKeys: trial.linkKeys,
                rules: MeetingRules<NativeCrypto>(
                    tree: group.tree,
                    extensions: info.context.extensions,
                    card: trial.host.member.link?.card
                ),
                using: &trial.randomness
            )
        }
        let bytes = MLSMessage.groupInfo(info).encoded
        try join(bytes, tree)
        for changed in variants(bytes) { #expect(throws: MLSRefusal.self) { try join(changed, tree) } }
    }

    @Test("with a proposal and a refusal: none is taken up")
    func proposalAndRefusal() throws {
        let trial = try Trial()
        let group = try trial.keys(of: trial.host)
        let proposal = try ExternalProposal.propose(
            trial.suite,
            .remove(try trial.keys(of: trial.guests[1]).leaf),
            groupID: group.groupID,
            epoch: group.epoch,
            index: 0,
            signatureKey: trial.node.key
        ).encoded
        for changed in variants(proposal) {
            trial.node.deliver(.proposal(sequence: 0, proposal: changed), to: trial.host.id)
        }
        let made = try trial.commit(by: trial.guests[0], [])
        let refusal = try CommitRefusal(
            of: made.commit.encoded,
            because: Array("path".utf8),
            in: group.shared,
            leaf: group.leaf,
            signatureKey: trial.host.member.signatureKey
        )
        #expect(refusal.isValid(of: made.commit.encoded, in: group.shared))
        for changed in variants(refusal.encoded) {
            let decoded = try? CommitRefusal(decoding: changed)
            #expect(decoded?.isValid(of: made.commit.encoded, in: group.shared) != true)
        }
        trial.stage.run(for: .seconds(1))
        #expect(trial.host.warnings == [] && trial.host.people.count == 3)
        trial.expectTalking()
    }
}
