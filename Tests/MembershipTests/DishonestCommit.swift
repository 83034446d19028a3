// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport

@testable import MLS
@testable import Membership

/// Commits that a node finds nothing wrong with and members can't follow.
enum DishonestCommit {
    /// With a confirmation tag of nothing (RFC 9420 §6.1).
    static func withWrongTag(in group: Group<NativeCrypto>) throws -> [UInt8] {
        var group = group
        var randomness = SeededRandomness(seed: 5)
        let bundle = try group.commit(rules: OpenRules(), using: &randomness)
        guard case .publicMessage(let message) = bundle.commit else { throw MLSRefusal.wrongContentForSender }
        var content = AuthenticatedContent(wireFormat: .publicMessage, content: message.content, auth: message.auth)
        content.auth.confirmationTag?[0] ^= 1
        return try protect(content, in: group)
    }

    /// Whose path secrets are broken for all but those under the last place that the root's is encrypted to.
    static func withBrokenPath(in group: Group<NativeCrypto>, seed: UInt64 = 5) throws -> [UInt8] {
        var randomness = SeededRandomness(seed: seed)
        let shared = group.shared
        let suite = group.suite
        var next = try NextEpoch(
            shared,
            [],
            committer: .member(group.leaf),
            authenticatedData: [],
            purpose: .regular,
            rules: OpenRules()
        )
        let path = try next.renewPath(
            of: group.leaf,
            group.description(or: nil),
            rules: OpenRules(),
            using: &randomness
        )
        try next.finish(rules: OpenRules())
        var update = try next.tree.encrypt(
            suite,
            path,
            excluding: next.excluded,
            context: next.context.encoded,
            using: &randomness
        )
        for node in update.nodes.indices {
            let isRoot = node == update.nodes.count - 1
            let count = update.nodes[node].encryptedPathSecret.count
            for place in 0..<(isRoot ? count - 1 : count) {
                update.nodes[node].encryptedPathSecret[place].ciphertext[0] ^= 1
            }
        }
        let content = FramedContent(
            groupID: shared.groupID,
            epoch: shared.epoch,
            sender: .member(group.leaf),
            authenticatedData: [],
            content: .commit(Commit(proposals: [], path: update))
        )
        var message = try AuthenticatedContent.sign(
            suite,
            .publicMessage,
            content,
            context: shared.context,
            privateKey: group.signatureKey.privateKey
        )
        var context = next.context
        context.confirmedTranscriptHash = TranscriptHashes.confirmed(
            suite,
            interimBefore: shared.interimTranscriptHash,
            commit: message
        )
        let schedule = KeySchedule(suite)
        let joinerSecret = try schedule.joinerSecret(
            initSecret: group.secrets.initial,
            commitSecret: path.commitSecret,
            context: context
        )
        let derived = try schedule.epoch(
            joinerSecret: joinerSecret,
            pskSecret: schedule.pskSecret([]),
            context: context
        )
        message.auth.confirmationTag = suite.mac(
            key: derived.secrets.confirmation,
            context.confirmedTranscriptHash
        )
        return try protect(message, in: group)
    }

    private static func protect(_ content: AuthenticatedContent, in group: Group<NativeCrypto>) throws -> [UInt8] {
        let message = try PublicMessage.protect(
            group.suite,
            content,
            context: group.context,
            membershipKey: group.secrets.membership
        )
        return MLSMessage.publicMessage(message).encoded
    }

    /// As a member sends it.
    static func request(_ commit: [UInt8], epoch: UInt64) -> NodeRequest.Commit {
        NodeRequest.Commit(
            request: 999,
            epoch: epoch,
            commit: commit,
            welcome: [],
            groupInfo: [],
            link: nil,
            invitations: []
        )
    }
}
