// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension MustRefuse {
    /// RFC 9420 §12.1.8, §12.4.3.2: what comes from outside the group.
    static let outside: [MustRefuse] = [
        MustRefuse("12.1.8", "an external sender in a group without any", .noSuchExternalSender) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), sender: .external(0)))
        },
        MustRefuse("12.1.8", "an external sender beyond the list", .noSuchExternalSender) { scene in
            let key = try scene.withExternalSender()
            try scene.deliver(
                try scene.forged(
                    .proposal(.remove(LeafIndex(2))),
                    sender: .external(.max),
                    key: key.privateKey
                )
            )
        },
        MustRefuse("12.1.8", "an external sender that isn't who it says", .invalidSignature) { scene in
            _ = try scene.withExternalSender()
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), sender: .external(0)))
        },
        MustRefuse("12.1.8", "an update from an external sender", .notAllowedForExternalSender) { scene in
            let key = try scene.withExternalSender()
            guard let leaf = scene.members[0].leafNode else { return }
            try scene.deliver(
                try scene.forged(.proposal(.update(leaf)), sender: .external(0), key: key.privateKey)
            )
        },
        MustRefuse("SelfRemove", "a SelfRemove from an external sender", .notAllowedForExternalSender) { scene in
            let key = try scene.withExternalSender()
            try scene.deliver(
                try scene.forged(.proposal(.selfRemove), sender: .external(0), key: key.privateKey)
            )
        },
        MustRefuse("12.1.8", "an ExternalInit from an external sender", .notAllowedForExternalSender) { scene in
            let key = try scene.withExternalSender()
            let proposal = Proposal.externalInit(kemOutput: [1])
            try scene.deliver(try scene.forged(.proposal(proposal), sender: .external(0), key: key.privateKey))
        },
        MustRefuse("6.1", "a commit from an external sender", .wrongContentForSender) { scene in
            let commit = Commit(proposals: [], path: nil)
            try scene.deliver(try scene.forged(.commit(commit), sender: .external(0)))
        },
        MustRefuse("6.1", "an outsider who proposes to remove somebody", .newMemberMayOnlyAdd) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), sender: .newMemberProposal))
        },
        MustRefuse("6.1", "an outsider who commits as a proposer", .wrongContentForSender) { scene in
            let commit = Commit(proposals: [], path: nil)
            try scene.deliver(try scene.forged(.commit(commit), sender: .newMemberProposal))
        },
        MustRefuse("6.1", "an outsider who proposes as a committer", .wrongContentForSender) { scene in
            try scene.deliver(try scene.forged(.proposal(.remove(LeafIndex(2))), sender: .newMemberCommit))
        },
        MustRefuse("12.1.8", "an outsider's Add signed by somebody else", .invalidSignature) { scene in
            let keyPackage = try scene.bundle("newcomer").keyPackage
            try scene.deliver(try scene.forged(.proposal(.add(keyPackage)), sender: .newMemberProposal))
        },
        MustRefuse("12.4.3.2", "an external commit without a path", .externalCommitWithoutPath) { scene in
            let commit = Commit(proposals: [.proposal(.externalInit(kemOutput: [1]))], path: nil)
            try scene.deliver(try scene.forged(.commit(commit), sender: .newMemberCommit))
        },
        MustRefuse("12.4.3.2", "an external commit signed by somebody else", .invalidSignature) { scene in
            try scene.deliver(try scene.externalCommit(signed: scene.members[2].signatureKey) { _, _ in })
        },
        MustRefuse("12.2", "an external commit without ExternalInit", .externalInitCount) { scene in
            try scene.deliver(try scene.externalCommit { commit, _ in commit.proposals = [] })
        },
        MustRefuse("12.2", "an external commit with two ExternalInits", .externalInitCount) { scene in
            try scene.deliver(
                try scene.externalCommit { commit, _ in commit.proposals.append(commit.proposals[0]) }
            )
        },
        MustRefuse("12.2", "an external commit that adds", .externalCommitProposal) { scene in
            let keyPackage = try scene.bundle("friend").keyPackage
            try scene.deliver(
                try scene.externalCommit { commit, _ in commit.proposals.append(.proposal(.add(keyPackage))) }
            )
        },
        MustRefuse("12.2", "an external commit with other extensions", .externalCommitProposal) { scene in
            try scene.deliver(
                try scene.externalCommit { commit, _ in
                    commit.proposals.append(.proposal(.groupContextExtensions(.none)))
                }
            )
        },
        MustRefuse("12.2", "an external commit that reinitialises", .externalCommitProposal) { scene in
            let reInit = ReInit(groupID: [1], cipherSuite: .x25519AES128GCM)
            try scene.deliver(
                try scene.externalCommit { commit, _ in commit.proposals.append(.proposal(.reInit(reInit))) }
            )
        },
        MustRefuse("12.2", "an external commit that removes two", .externalCommitRemoves) { scene in
            try scene.deliver(
                try scene.externalCommit { commit, _ in
                    commit.proposals.append(.proposal(.remove(LeafIndex(1))))
                    commit.proposals.append(.proposal(.remove(LeafIndex(2))))
                }
            )
        },
        MustRefuse("12.4.3.2", "an external commit with a proposal by reference", .externalCommitByReference) { scene in
            let reference = try scene.propose(by: 0, .remove(LeafIndex(2)))
            try scene.deliver(
                try scene.externalCommit { commit, _ in commit.proposals.append(.reference(reference)) }
            )
        },
        MustRefuse("SelfRemove", "an external commit with SelfRemove by value", .selfRemoveByValue) { scene in
            try scene.deliver(
                try scene.externalCommit { commit, _ in commit.proposals.append(.proposal(.selfRemove)) }
            )
        },
        MustRefuse("12.2", "an external commit that takes somebody else's place", .successionRefused) { scene in
            let message = try scene.externalCommit(replacing: LeafIndex(2)) { _, _ in }
            scene.rules.acceptsSuccession = false
            try scene.deliver(message)
        },
        MustRefuse("12.4.3.2", "an external commit with another KEM output", .invalidConfirmationTag) { scene in
            try scene.deliver(
                try scene.externalCommit { commit, scene in
                    let pair = try scene.suite.generateKeyPair(using: &scene.randomness)
                    commit.proposals[0] = .proposal(.externalInit(kemOutput: pair.publicKey))
                }
            )
        },
        MustRefuse("12.1.4", "an external commit without the PSK that was used", .invalidConfirmationTag) { scene in
            scene.preSharedKeys.set(external: [1], Secret([1]))
            try scene.deliver(
                try scene.externalCommit(sources: [.external(identifier: [1])]) { commit, _ in
                    commit.proposals.removeLast()
                }
            )
        },
    ]
}

extension Scene {
    /// Puts an external sender into the group's extensions.
    mutating func withExternalSender() throws -> SignatureKeyPair {
        let key = try suite.generateSignatureKey(using: &randomness)
        let sender = ExternalSender(signatureKey: key.publicKey, credential: .basic(identity: Array("node".utf8)))
        let extensions = try Extensions([ExternalSenders([sender]).asExtension])
        try commit(CommitOptions(proposals: [.groupContextExtensions(extensions)]))
        return key
    }

    /// A real external commit, changed and signed again with its own key or another one.
    mutating func externalCommit(
        replacing: LeafIndex? = nil,
        sources: [PreSharedKeySource] = [],
        signed other: SignatureKeyPair? = nil,
        _ change: (inout Commit, inout Scene) throws -> Void
    ) throws -> MLSMessage {
        let description = try describe("outsider")
        let join = try ExternalJoin<NativeCrypto>(
            try members[0].groupInfo(),
            member: description,
            replacing: replacing,
            sources: sources,
            preSharedKeys: preSharedKeys,
            rules: rules,
            using: &randomness
        )
        guard case .publicMessage(let message) = join.commit, case .commit(var commit) = message.content.content else {
            return join.commit
        }
        try change(&commit, &self)
        return try forged(
            .commit(commit),
            sender: .newMemberCommit,
            key: (other ?? description.signatureKey).privateKey,
            tag: message.auth.confirmationTag ?? []
        )
    }
}
