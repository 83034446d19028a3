// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Testing

@testable import MLS

@Suite("MLS, groups")
struct GroupTests {
    static let suites: [CipherSuite] = [
        .x25519AES128GCM, .p256AES128GCM, .x25519ChaCha20Poly1305, .p521AES256GCM, .p384AES256GCM,
    ]

    @Test("members add, update, remove and talk in every suite", arguments: suites)
    func life(_ identifier: CipherSuite) throws {
        var scene = try Scene(3, identifier)
        #expect(scene.agrees)
        let newcomer = try scene.bundle("newcomer")
        try scene.commit(by: 1, CommitOptions(proposals: [.add(newcomer.keyPackage)]), joining: [newcomer])
        #expect(scene.agrees)
        try scene.commit(by: 3)
        let update = try scene.update(by: 2)
        try scene.spread(update, except: 2)
        try scene.commit(by: 0)
        #expect(scene.agrees)
        let message = try scene.encrypt(by: 2, [1, 2, 3], authenticatedData: [4])
        for index in [0, 1, 3] {
            guard case .application(let received) = try scene.deliver(message, to: index) else {
                Issue.record("no application message")
                continue
            }
            #expect(received.data == [1, 2, 3])
            #expect(received.authenticatedData == [4])
            #expect(received.sender == LeafIndex(2))
        }
        try scene.commit(by: 3, CommitOptions(proposals: [.remove(LeafIndex(0))]))
        #expect(scene.members[0].status == .removed)
        #expect(scene.agrees)
        #expect(scene.members[1].tree.memberCount == 3)
    }

    @Test("a commit changes nothing until it is adopted, and the change says who comes and goes")
    func staging() throws {
        var scene = try Scene(3)
        let newcomer = try scene.bundle("newcomer")
        let options = CommitOptions(proposals: [.add(newcomer.keyPackage), .remove(LeafIndex(2))])
        let made = try scene.make(by: 0, options)
        guard case .commit(let staged) = try scene.deliver(made.commit) else {
            Issue.record("no commit")
            return
        }
        #expect(scene.members[1].epoch == 1)
        #expect(staged.change.added.map { $0.node } == [newcomer.keyPackage.leafNode])
        #expect(staged.change.removed.map { $0.leaf } == [LeafIndex(2)])
        #expect(staged.change.committer == .member(LeafIndex(0)))
        #expect(staged.next?.epoch == 2)
        try scene.members[1].adopt(staged)
        #expect(scene.members[1].epoch == 2)
        #expect(throws: MLSRefusal.nothingStaged) { try scene.members[1].adopt(staged) }
    }

    @Test("of two commits in one epoch either can win, and the loser follows")
    func conflict() throws {
        var scene = try Scene(3)
        let ours = try scene.make(by: 0)
        let theirs = try scene.make(by: 1)
        for index in [0, 2] {
            guard case .commit(let staged) = try scene.deliver(theirs.commit, to: index) else { continue }
            try scene.members[index].adopt(staged)
        }
        try scene.members[1].adopt(theirs.staged)
        #expect(scene.agrees)
        #expect(throws: MLSRefusal.nothingStaged) { try scene.members[0].adopt(ours.staged) }
        #expect(throws: MLSRefusal.epochTooOld) { try scene.deliver(ours.commit, to: 2) }
    }

    @Test("encrypted handshakes work like open ones, padded to their block")
    func privateHandshakes() throws {
        var scene = try Scene(3)
        let proposal = try scene.proposal(
            by: 2,
            .remove(LeafIndex(1)),
            format: .privateMessage(paddingBlock: 256)
        )
        guard case .privateMessage(let message) = proposal else {
            Issue.record("not encrypted")
            return
        }
        #expect((message.ciphertext.count - 16).isMultiple(of: 256))
        try scene.spread(proposal, except: 2)
        var options = CommitOptions()
        options.format = .privateMessage(paddingBlock: 1024)
        try scene.commit(by: 0, options)
        #expect(scene.members[1].status == .removed)
        #expect(scene.agrees)
    }

    @Test("a member who asks to leave goes with the next commit, even one from outside")
    func selfRemove() throws {
        var scene = try Scene(3)
        let leaving = try scene.proposal(by: 2, .selfRemove)
        try scene.spread(leaving, except: 2)
        let description = try scene.describe("outsider")
        let join = try ExternalJoin<NativeCrypto>(
            try scene.members[0].groupInfo(),
            member: description,
            selfRemoves: [MessageIn(leaving)],
            rules: scene.rules,
            using: &scene.randomness
        )
        for index in 0..<3 {
            guard case .commit(let staged) = try scene.deliver(join.commit, to: index) else { continue }
            #expect(staged.removesUs == (index == 2))
            try scene.members[index].adopt(staged)
        }
        scene.members.append(join.group)
        #expect(scene.agrees)
        #expect(join.group.leaf == LeafIndex(2))
        #expect(scene.members[0].tree.memberCount == 3)
    }

    @Test("somebody comes in from outside, and comes back in their own place")
    func externalCommits() throws {
        var scene = try Scene(2)
        scene.preSharedKeys.set(external: [1], Secret([1, 2, 3]))
        var description = try scene.describe("outsider")
        for round in 0..<2 {
            let join = try ExternalJoin<NativeCrypto>(
                try scene.members[1].groupInfo(withTree: false),
                tree: scene.members[1].tree.encoded,
                member: description,
                replacing: round == 0 ? nil : LeafIndex(2),
                sources: [.external(identifier: [1])],
                preSharedKeys: scene.preSharedKeys,
                rules: scene.rules,
                using: &scene.randomness
            )
            for index in 0..<2 {
                guard case .commit(let staged) = try scene.deliver(join.commit, to: index) else { continue }
                #expect(staged.change.isExternal)
                #expect(staged.change.preSharedKeys.count == 1)
                try scene.members[index].adopt(staged)
            }
            if round == 0 { scene.members.append(join.group) } else { scene.members[2] = join.group }
            #expect(scene.agrees)
            #expect(join.group.leaf == LeafIndex(2))
            description = try join.group.description(or: nil)
        }
        try scene.commit(by: 2)
        #expect(scene.agrees)
    }

    @Test("an external sender's removal and a newcomer's own Add are committed by a member")
    func externalProposals() throws {
        var scene = try Scene(3)
        let key = try scene.withExternalSender()
        let epoch = scene.members[0].epoch
        let remove = try ExternalProposal.propose(
            scene.suite,
            .remove(LeafIndex(1)),
            groupID: Scene.groupID,
            epoch: epoch,
            index: 0,
            signatureKey: key
        )
        let newcomer = try scene.bundle("newcomer")
        let add = try ExternalProposal.proposeSelf(scene.suite, newcomer, groupID: Scene.groupID, epoch: epoch)
        for message in [remove, add] {
            for index in 0..<3 { try scene.deliver(message, to: index) }
        }
        try scene.commit(by: 2, joining: [newcomer])
        #expect(scene.members[1].status == .removed)
        #expect(scene.members.count == 4)
        #expect(scene.members[3].leaf == LeafIndex(1))
        #expect(scene.agrees)
    }

    @Test("a group goes on as another one, with the same members")
    func reinitialize() throws {
        var scene = try Scene(3)
        let (welcome, bundle) = try scene.reinitialize()
        #expect(scene.members[1].status != .active)
        let group = try NativeGroup(welcome, bundle, origin: .group(scene.members[1]), rules: scene.rules)
        #expect(group.groupID == Array("again".utf8))
        #expect(group.tree.memberCount == 3)
        #expect(group.epoch == 1)
    }

    @Test("some members branch off")
    func branch() throws {
        var scene = try Scene(3)
        let (welcome, bundle) = try scene.branch()
        let group = try NativeGroup(welcome, bundle, origin: .group(scene.members[1]), rules: scene.rules)
        #expect(group.tree.memberCount == 2)
        #expect(scene.members[1].status == .active)
    }

    @Test("a PSK of an epoch gone by proves who was there")
    func resumption() throws {
        var scene = try Scene(3)
        try scene.commit(by: 0)
        let identifier = PreSharedKeyID(
            source: .resumption(.application, groupID: Scene.groupID, epoch: 1),
            nonce: [UInt8](repeating: 1, count: 32)
        )
        try scene.commit(by: 1, CommitOptions(proposals: [.preSharedKey(identifier)]))
        #expect(scene.agrees)
    }

    @Test("exported secrets are equal for all and differ by label, context and epoch")
    func exporter() throws {
        var scene = try Scene(2)
        func export(_ index: Int, _ label: Label, _ context: [UInt8]) throws -> [UInt8] {
            try scene.members[index].export(label: label, context: context, length: 16).withBytes { Array($0) }
        }
        let first = try export(0, "a", [])
        #expect(first.count == 16)
        #expect(try export(1, "a", []) == first)
        #expect(try export(1, "b", []) != first)
        #expect(try export(1, "a", [1]) != first)
        try scene.commit()
        #expect(try export(0, "a", []) != first)
    }
}
