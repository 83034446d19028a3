// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    private static func preSharedKey(_ source: PreSharedKeySource, nonce: Int = 32) -> Proposal {
        .preSharedKey(PreSharedKeyID(source: source, nonce: [UInt8](repeating: 3, count: nonce)))
    }

    private static func reInit(version: UInt16 = 1) -> Proposal {
        .reInit(
            ReInit(
                groupID: [1],
                version: ProtocolVersion(rawValue: version),
                cipherSuite: .x25519AES128GCM
            )
        )
    }

    /// RFC 9420 §12.1, §12.2, §12.4: the list of proposals of a commit.
    static let lists: [MustRefuse] = [
        MustRefuse("12.2", "an update by the committer, by value", .updateByCommitter) { scene in
            guard var leaf = scene.members[0].leafNode else { return }
            leaf.source = .update
            try scene.deliver(try scene.forgedCommit([.update(leaf)]))
        },
        MustRefuse("12.2", "an update by the committer, by reference", .updateByCommitter) { scene in
            let message = try scene.members[0].proposeUpdate(rules: scene.rules, using: &scene.randomness)
            let reference = try scene.spread(message, except: 0)
            try scene.deliver(try scene.forgedCommit(references: [reference]))
        },
        MustRefuse("12.2", "a committer who removes themselves", .removesCommitter) { scene in
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(0))]))
        },
        MustRefuse("12.1.3", "the removal of a blank leaf", .removesNobody) { scene in
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(3))]))
        },
        MustRefuse("12.1.3", "the removal of a leaf outside the tree", .removesNobody) { scene in
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(.max))]))
        },
        MustRefuse("12.1.3", "a proposal to remove a blank leaf", .removesNobody) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(3)))))
        },
        MustRefuse("12.2", "two removals of one leaf", .severalChangesToOneLeaf) { scene in
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(2)), .remove(LeafIndex(2))]))
        },
        MustRefuse("12.2", "an update and a removal of one leaf", .severalChangesToOneLeaf) { scene in
            let message = try scene.members[2].proposeUpdate(rules: scene.rules, using: &scene.randomness)
            let update = try scene.spread(message, except: 2)
            let remove = try scene.propose(by: 0, .remove(LeafIndex(2)))
            try scene.deliver(try scene.forgedCommit(references: [update, remove]))
        },
        MustRefuse("12.2", "two updates of one leaf", .severalChangesToOneLeaf) { scene in
            var references: [[UInt8]] = []
            for _ in 0..<2 {
                let message = try scene.members[2].proposeUpdate(rules: scene.rules, using: &scene.randomness)
                references.append(try scene.spread(message, except: 2))
            }
            try scene.deliver(try scene.forgedCommit(references: references))
        },
        MustRefuse("12.2", "one client added twice", .clientAddedTwice) { scene in
            let description = try scene.describe("twice")
            let first = try scene.bundle(description).keyPackage
            let second = try scene.bundle(description).keyPackage
            try scene.deliver(try scene.forgedCommit([.add(first), .add(second)]))
        },
        MustRefuse("12.2", "a member added again", .clientAlreadyMember) { scene in
            let again = try scene.bundle(try scene.members[2].description(or: nil)).keyPackage
            try scene.deliver(try scene.forgedCommit([.add(again)]))
        },
        MustRefuse("12.2", "one PSK twice", .preSharedKeyTwice) { scene in
            let proposal = preSharedKey(.external(identifier: [1]))
            try scene.deliver(try scene.forgedCommit([proposal, proposal]))
        },
        MustRefuse("12.1.4", "a PSK nonce that is too short", .preSharedKeyNonceLength) { scene in
            try scene.deliver(try scene.forgedCommit([preSharedKey(.external(identifier: [1]), nonce: 31)]))
        },
        MustRefuse("12.1.4", "a proposed PSK without a nonce", .preSharedKeyNonceLength) { scene in
            try scene.deliver(try scene.forged(.proposal(preSharedKey(.external(identifier: [1]), nonce: 0))))
        },
        MustRefuse("12.1.4", "a PSK for reinitialising in a regular commit", .preSharedKeyUsage) { scene in
            let source = PreSharedKeySource.resumption(.reInit, groupID: Scene.groupID, epoch: 1)
            try scene.deliver(try scene.forgedCommit([preSharedKey(source)]))
        },
        MustRefuse("12.1.4", "a PSK for branching in a regular commit", .preSharedKeyUsage) { scene in
            let source = PreSharedKeySource.resumption(.branch, groupID: Scene.groupID, epoch: 1)
            try scene.deliver(try scene.forgedCommit([preSharedKey(source)]))
        },
        MustRefuse("12.4.2", "a PSK that we don't have", .preSharedKeyUnknown) { scene in
            var known = PreSharedKeys()
            known.set(external: [1], Secret([1, 2, 3]))
            let made = try scene.members[0].commit(
                CommitOptions(proposals: [preSharedKey(.external(identifier: [1]))]),
                rules: scene.rules,
                preSharedKeys: known,
                using: &scene.randomness
            )
            try scene.deliver(made.commit)
        },
        MustRefuse("8.4", "a PSK of another value under the same name", .invalidConfirmationTag) { scene in
            var known = PreSharedKeys()
            known.set(external: [1], Secret([1, 2, 3]))
            let made = try scene.members[0].commit(
                CommitOptions(proposals: [preSharedKey(.external(identifier: [1]))]),
                rules: scene.rules,
                preSharedKeys: known,
                using: &scene.randomness
            )
            scene.preSharedKeys.set(external: [1], Secret([4]))
            try scene.deliver(made.commit)
        },
        MustRefuse("12.2", "two changes of the extensions", .severalGroupContextExtensions) { scene in
            try scene.deliver(
                try scene.forgedCommit([.groupContextExtensions(.none), .groupContextExtensions(.none)])
            )
        },
        MustRefuse("12.2", "a ReInit with a removal", .reInitWithOthers) { scene in
            try scene.deliver(try scene.forgedCommit([reInit(), .remove(LeafIndex(2))]))
        },
        MustRefuse("12.2", "two ReInits", .reInitWithOthers) { scene in
            try scene.deliver(try scene.forgedCommit([reInit(), reInit()]))
        },
        MustRefuse("12.1.5", "a ReInit to an older version", .reInitVersion) { scene in
            try scene.deliver(try scene.forgedCommit([reInit(version: 0)]))
        },
        MustRefuse("12.1.5", "a proposed ReInit to an older version", .reInitVersion) { scene in
            try scene.deliver(try scene.forged(.proposal(reInit(version: 0))))
        },
        MustRefuse("12.2", "an ExternalInit by a member", .externalInitInRegularCommit) { scene in
            try scene.deliver(try scene.forgedCommit([.externalInit(kemOutput: [1])]))
        },
        MustRefuse("12.1.6", "a proposed ExternalInit", .externalInitInRegularCommit) { scene in
            try scene.deliver(try scene.forged(.proposal(.externalInit(kemOutput: [1]))))
        },
        MustRefuse("12.4", "a reference to nothing", .unknownProposal) { scene in
            try scene.deliver(try scene.forgedCommit(references: [[1, 2, 3]]))
        },
        MustRefuse("SelfRemove", "SelfRemove by value", .selfRemoveByValue) { scene in
            try scene.deliver(try scene.forgedCommit([.selfRemove]))
        },
        MustRefuse("SelfRemove", "a committer's own SelfRemove", .removesCommitter) { scene in
            let reference = try scene.propose(by: 0, .selfRemove)
            try scene.deliver(try scene.forgedCommit(references: [reference]))
        },
        MustRefuse("SelfRemove", "a second SelfRemove in one epoch", .selfRemoveTwice) { scene in
            try scene.propose(by: 2, .selfRemove)
            // Another message, so another reference.
            try scene.deliver(
                try scene.signedAgain(.selfRemove, by: 2, authenticatedData: [1])
            )
        },
        MustRefuse("SelfRemove", "SelfRemove and Remove of one leaf", .severalChangesToOneLeaf) { scene in
            let reference = try scene.propose(by: 2, .selfRemove)
            let commit = Commit(proposals: [.reference(reference), .proposal(.remove(LeafIndex(2)))], path: nil)
            try scene.deliver(try scene.forged(.commit(commit)))
        },
        MustRefuse("SelfRemove", "SelfRemove in a private message", .mustBePublic) { scene in
            var author = scene.members[2]
            let message = try AuthenticatedContent.sign(
                scene.suite,
                .privateMessage,
                author.framed(.proposal(.selfRemove), []),
                context: author.context,
                privateKey: author.signatureKey.privateKey
            )
            try scene.deliver(
                try author.protect(message, .privateMessage(paddingBlock: 0), using: &scene.randomness)
            )
        },
        MustRefuse("12.2", "a proposal type that some members don't know", .proposalTypeNotSupported) { scene in
            scene = try Scene(3) { index, capabilities in
                if index == 1 { capabilities.proposals = [] }
            }
            let reference = try scene.propose(by: 2, .selfRemove)
            try scene.deliver(try scene.forgedCommit(references: [reference]))
        },
        MustRefuse("12.1.7", "required capabilities that members lack", .requiredCapabilitiesNotMet) { scene in
            let required = RequiredCapabilities(proposals: [ProposalType(rawValue: 0xF001)])
            let extensions = try Extensions([required.asExtension])
            try scene.deliver(try scene.forgedCommit([.groupContextExtensions(extensions)]))
        },
        MustRefuse("13.4", "a group extension that members don't know", .groupExtensionNotSupportedByAll) { scene in
            let extensions = try Extensions([Extension(type: ExtensionType(rawValue: 0xF001), data: [])])
            try scene.deliver(try scene.forgedCommit([.groupContextExtensions(extensions)]))
        },
        MustRefuse("5.3.1", "an external sender whom nobody vouches for", .externalSendersInvalid) { scene in
            scene.rules.acceptsSenders = false
            let senders = ExternalSenders([ExternalSender(signatureKey: [1], credential: .basic(identity: []))])
            let extensions = try Extensions([senders.asExtension])
            try scene.deliver(try scene.forgedCommit([.groupContextExtensions(extensions)]))
        },
        MustRefuse("12.1.8.1", "an external senders list that can't be read", .malformed(.truncated)) { scene in
            let extensions = try Extensions([Extension(type: .externalSenders, data: [9])])
            try scene.deliver(try scene.forgedCommit([.groupContextExtensions(extensions)]))
        },
        MustRefuse("12.4", "an empty commit without a path", .pathMissing) { scene in
            try scene.deliver(try scene.forgedCommit([]))
        },
        MustRefuse("12.4", "a removal without a path", .pathMissing) { scene in
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(2))]))
        },
        MustRefuse("12.4", "new extensions without a path", .pathMissing) { scene in
            try scene.deliver(try scene.forgedCommit([.groupContextExtensions(.none)]))
        },
        MustRefuse("12.4", "an update without a path", .pathMissing) { scene in
            let message = try scene.members[2].proposeUpdate(rules: scene.rules, using: &scene.randomness)
            let reference = try scene.spread(message, except: 2)
            try scene.deliver(try scene.forgedCommit(references: [reference]))
        },
        MustRefuse("SelfRemove", "SelfRemove without a path", .pathMissing) { scene in
            let reference = try scene.propose(by: 2, .selfRemove)
            try scene.deliver(try scene.forgedCommit(references: [reference]))
        },
        MustRefuse("12.2", "what the application forbids", .applicationRule(7)) { scene in
            let made = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
            scene.rules.verdict = .refused(7)
            try scene.deliver(made.commit)
        },
        MustRefuse("12.2", "what the application forbids us to send", .applicationRule(8)) { scene in
            scene.rules.verdict = .refused(8)
            _ = try scene.members[0].commit(rules: scene.rules, using: &scene.randomness)
        },
        MustRefuse("12.4", "sending data while a proposal waits", .pendingProposals) { scene in
            try scene.propose(by: 0, .remove(LeafIndex(2)))
            _ = try scene.members[1].encrypt([1], using: &scene.randomness)
        },
        MustRefuse("12.4.2", "sending data after a ReInit", .reinitialized) { scene in
            try scene.commit(CommitOptions(proposals: [reInit()]))
            _ = try scene.members[1].encrypt([1], using: &scene.randomness)
        },
        MustRefuse("12.4.2", "a commit after a ReInit", .reinitialized) { scene in
            try scene.commit(CommitOptions(proposals: [reInit()]))
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(2))]))
        },
        MustRefuse("12.4.2", "anything after our removal", .removed) { scene in
            try scene.commit(CommitOptions(proposals: [.remove(LeafIndex(1))]))
            try scene.deliver(try scene.forgedCommit([.remove(LeafIndex(2))]))
        },
    ]
}

extension Scene {
    /// A proposal with other authenticated data, so that it is another message.
    func signedAgain(_ proposal: Proposal, by author: Int, authenticatedData: [UInt8]) throws -> MLSMessage {
        let group = members[author]
        let message = try AuthenticatedContent.sign(
            suite,
            .publicMessage,
            group.framed(.proposal(proposal), authenticatedData),
            context: group.context,
            privateKey: group.signatureKey.privateKey
        )
        return tagged(message, by: author)
    }
}
