// SPDX-License-Identifier: Apache-2.0

import Base

/// The last steps of making a commit, the same for members and for those who come from outside (RFC 9420 §12.4.1).
struct CommitDraft<Crypto: CryptoProvider> {
    struct Result {
        var message: AuthenticatedContent
        var shared: PublicGroup<Crypto>
        var joinerSecret: Secret
        var derived: DerivedEpoch
        var confirmationTag: [UInt8]
    }

    var proposals: [ProposalOrRef]
    var sender: Sender
    var path: FreshPath?
    var initSecret: Secret
    var pskSecret: Secret
    var wireFormat: WireFormat
    var authenticatedData: [UInt8]

    /// Encrypts the path, signs, and derives the new epoch.
    func complete(
        _ next: NextEpoch<Crypto>,
        shared: PublicGroup<Crypto>,
        signingWith privateKey: Secret,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> Result {
        let suite = shared.suite
        var commit = Commit(proposals: proposals, path: nil)
        if let path {
            commit.path = try next.tree.encrypt(
                suite,
                path,
                excluding: next.excluded,
                context: next.context.encoded,
                using: &randomness
            )
        }
        let content = FramedContent(
            groupID: shared.groupID,
            epoch: shared.epoch,
            sender: sender,
            authenticatedData: authenticatedData,
            content: .commit(commit)
        )
        var message = try AuthenticatedContent.sign(
            suite,
            wireFormat,
            content,
            context: shared.context,
            privateKey: privateKey
        )
        var context = next.context
        context.confirmedTranscriptHash = TranscriptHashes.confirmed(
            suite,
            interimBefore: shared.interimTranscriptHash,
            commit: message
        )
        let schedule = KeySchedule(suite)
        let joinerSecret = try schedule.joinerSecret(
            initSecret: initSecret,
            commitSecret: path?.commitSecret ?? .zeros(suite.secretLength),
            context: context
        )
        let derived = try schedule.epoch(joinerSecret: joinerSecret, pskSecret: pskSecret, context: context)
        let tag = suite.mac(key: derived.secrets.confirmation, context.confirmedTranscriptHash)
        message.auth.confirmationTag = tag
        return Result(
            message: message,
            shared: shared.advanced(next, context: context, confirmationTag: tag),
            joinerSecret: joinerSecret,
            derived: derived,
            confirmationTag: tag
        )
    }
}

extension FreshPath {
    func store(in keys: inout PrivateKeys) {
        keys.set(leaf.node, leafKeyPair)
        for node in nodes { keys.set(node.index, node.keyPair) }
    }
}

extension NextEpoch {
    /// Our own path: fresh keys, a newly signed leaf that has to pass what everybody checks.
    mutating func renewPath(
        of leaf: LeafIndex,
        _ member: MemberDescription,
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> FreshPath {
        let path = try tree.renewPath(
            suite,
            of: leaf,
            leafNode: member.leafNode(source: .update),
            signatureKey: member.signatureKey.privateKey,
            groupID: before.groupID,
            using: &randomness
        )
        try verifyPathLeaf(path.leafNode, at: leaf, rules: rules)
        change.path = GroupChange.Member(leaf: leaf, node: path.leafNode)
        return path
    }
}
