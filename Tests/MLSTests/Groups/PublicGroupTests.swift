// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import Testing

@testable import MLS

@Suite("MLS, the delivery service's view")
struct PublicGroupTests {
    @Test("it follows proposals, commits and joins without secrets, and restores from a snapshot")
    func follows() throws {
        var scene = try Scene(4)
        var service = try PublicGroup<NativeCrypto>(
            try scene.members[0].groupInfo(withExternalPub: false),
            rules: scene.rules
        )
        func follow(_ message: MLSMessage) throws {
            let verified = try service.open(MessageIn(message)).verified()
            if case .commit(let staged) = try service.process(verified, rules: scene.rules) {
                try service.adopt(staged)
            }
        }
        let update = try scene.update(by: 2)
        try scene.spread(update, except: 2)
        try follow(update)
        service = try PublicGroup(restoring: service.snapshot())
        let newcomer = try scene.bundle("newcomer")
        let options = CommitOptions(proposals: [.add(newcomer.keyPackage), .remove(LeafIndex(3))])
        let made = try scene.make(by: 0, options)
        try follow(made.commit)
        for index in 1..<3 {
            guard case .commit(let staged) = try scene.deliver(made.commit, to: index) else { continue }
            try scene.members[index].adopt(staged)
        }
        try scene.members[0].adopt(made.staged)
        #expect(service.context == scene.members[1].context)
        service = try PublicGroup(restoring: service.snapshot())
        let join = try ExternalJoin<NativeCrypto>(
            try scene.members[1].groupInfo(),
            member: try scene.describe("outsider"),
            rules: scene.rules,
            using: &scene.randomness
        )
        try follow(join.commit)
        #expect(service.context == join.group.context)
        // The tree that it serves is the members' own.
        #expect(service.tree.encoded == join.group.tree.encoded)
    }

    @Test("of two commits in one epoch it takes one")
    func order() throws {
        var scene = try Scene(3)
        var service = try PublicGroup<NativeCrypto>(try scene.members[0].groupInfo(), rules: scene.rules)
        let first = try scene.make(by: 0)
        let second = try scene.make(by: 1)
        let verified = try service.open(MessageIn(second.commit)).verified()
        guard case .commit(let staged) = try service.process(verified, rules: scene.rules) else { return }
        try service.adopt(staged)
        #expect(throws: MLSRefusal.epochTooOld) { _ = try service.open(MessageIn(first.commit)) }
        #expect(throws: MLSRefusal.notAHandshakeMessage) {
            let message = try scene.encrypt(by: 0, [1])
            _ = try service.open(MessageIn(message))
        }
    }

    @Test("what the application forbids is forbidden there too")
    func rules() throws {
        var scene = try Scene(2)
        var service = try PublicGroup<NativeCrypto>(try scene.members[0].groupInfo(), rules: scene.rules)
        let made = try scene.make(by: 0)
        let verified = try service.open(MessageIn(made.commit)).verified()
        scene.rules.verdict = .refused(3)
        #expect(throws: MLSRefusal.applicationRule(3)) { _ = try service.process(verified, rules: scene.rules) }
        #expect(service.epoch == 1)
    }
}
