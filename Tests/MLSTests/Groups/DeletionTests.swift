// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import Testing

@testable import MLS

@Suite("MLS, what is deleted when (RFC 9420 §9.2)")
struct DeletionTests {
    private static func tree(_ leaves: UInt32) throws -> SecretTree<NativeCrypto> {
        let suite = try Native(.x25519AES128GCM)
        let width = try #require(LeafCount(atLeast: leaves))
        return SecretTree(suite, width: width, encryptionSecret: .zeros(32))
    }

    @Test("the figure of the RFC: after D's message of generation 1, what led to its key is gone, what didn't is there")
    func figure() throws {
        var tree = try DeletionTests.tree(4)
        _ = try tree.open(.application, of: LeafIndex(3), generation: 1) { _ in [] }
        // G, F and D are gone; E and C are there.
        #expect(Set(tree.nodes.keys) == [NodeIndex(1), NodeIndex(4)])
        let application = try #require(tree.application[LeafIndex(3)])
        // AR0, AR1 and K1 are gone; K0 and AR2 are there.
        #expect(application.generation == 2)
        #expect(application.skipped.map { $0.generation } == [0])
        // HR0 is there.
        #expect(tree.handshake[LeafIndex(3)]?.generation == 0)
    }

    @Test("a sender's own keys are gone once used")
    func sender() throws {
        var tree = try DeletionTests.tree(2)
        #expect(try tree.next(.application, of: LeafIndex(0)).generation == 0)
        #expect(try tree.next(.application, of: LeafIndex(0)).generation == 1)
        #expect(tree.application[LeafIndex(0)]?.skipped.isEmpty == true)
        #expect(throws: MLSRefusal.keyAlreadyUsed) {
            _ = try tree.open(.application, of: LeafIndex(0), generation: 0) { _ in [] }
        }
    }

    @Test("a message that doesn't open costs the real one nothing")
    func failure() throws {
        var tree = try DeletionTests.tree(2)
        #expect(throws: MLSRefusal.ownMessage) {
            _ = try tree.open(.application, of: LeafIndex(1), generation: 5) { _ throws(MLSRefusal) in throw .ownMessage
            }
        }
        #expect(tree.application[LeafIndex(1)]?.generation == 0)
        _ = try tree.open(.application, of: LeafIndex(1), generation: 5) { _ in [] }
    }

    @Test("skipped keys are kept up to the limit, the oldest go first")
    func limit() throws {
        var tree = try DeletionTests.tree(2)
        tree.limits = RatchetLimits(forward: 20, kept: 4)
        _ = try tree.open(.application, of: LeafIndex(1), generation: 10) { _ in [] }
        #expect(tree.application[LeafIndex(1)]?.skipped.map { $0.generation } == [6, 7, 8, 9])
        #expect(throws: MLSRefusal.keyAlreadyUsed) {
            _ = try tree.open(.application, of: LeafIndex(1), generation: 5) { _ in [] }
        }
        #expect(throws: MLSRefusal.generationTooFarAhead) {
            _ = try tree.open(.application, of: LeafIndex(1), generation: 32) { _ in [] }
        }
    }

    @Test("late messages open for as many epochs as the limit says, with the members of then")
    func pastEpochs() throws {
        var scene = try Scene(3, limits: GroupLimits(pastEpochs: 1))
        let message = try scene.encrypt(by: 2, [1])
        let other = try scene.encrypt(by: 2, [2])
        let newcomer = try scene.bundle("newcomer")
        // The leaf is somebody else's in the next epoch.
        let options = CommitOptions(proposals: [.remove(LeafIndex(2)), .add(newcomer.keyPackage)])
        try scene.commit(by: 0, options)
        guard case .application(let received) = try scene.deliver(message) else {
            Issue.record("no application message")
            return
        }
        #expect(received.senderNode.credential == .basic(identity: Array("member 2".utf8)))
        #expect(throws: MLSRefusal.keyAlreadyUsed) { try scene.deliver(message) }
        try scene.commit(by: 0)
        #expect(throws: MLSRefusal.epochTooOld) { try scene.deliver(other) }
    }

    @Test("keys used after a commit was staged stay used after it is adopted")
    func usedWhileStaged() throws {
        var scene = try Scene(3)
        let message = try scene.encrypt(by: 2, [1])
        let made = try scene.make(by: 0)
        guard case .commit(let staged) = try scene.deliver(made.commit) else { return }
        try scene.deliver(message)
        try scene.members[1].adopt(staged)
        #expect(throws: MLSRefusal.keyAlreadyUsed) { try scene.deliver(message) }
    }

    @Test("keys of nodes that were renewed or blanked are dropped")
    func outdatedKeys() throws {
        var scene = try Scene(4)
        try scene.commit(by: 2)
        let before = scene.members[3].keys.pairs
        #expect(before.count == 3)
        try scene.commit(by: 0, CommitOptions(proposals: [.remove(LeafIndex(2))]))
        let after = scene.members[3].keys.pairs
        // The node above the removed leaf is blank; the root has a new key.
        #expect(after[NodeIndex(5)] == nil)
        #expect(after[NodeIndex(3)]?.publicKey != before[NodeIndex(3)]?.publicKey)
    }

    @Test("who is removed has nothing left")
    func removed() throws {
        var scene = try Scene(3)
        try scene.commit(by: 0, CommitOptions(proposals: [.remove(LeafIndex(1))]))
        let group = scene.members[1]
        #expect(group.secrets.all.allSatisfy { $0.count == 0 })
        #expect(group.keys.pairs.isEmpty)
        #expect(group.past.isEmpty)
        #expect(throws: MLSRefusal.removed) { _ = try group.export(label: "a", context: [], length: 16) }
    }

    @Test("no secret has a printable form")
    func printing() throws {
        let scene = Scene.three
        let exporter = scene.members[0].secrets.exporter
        let text = "\(exporter) \(scene.members[0].secrets) \(scene.members[0].signatureKey)"
        let key = exporter.withBytes { Array($0) }
        #expect(!text.contains("\(key[0]), \(key[1])"))
        #expect(text.hasPrefix("secret "))
    }
}
