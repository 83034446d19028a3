// SPDX-License-Identifier: Apache-2.0

import Base

extension PublicGroup {
    /// Second rung for whoever has no keys: a PublicMessage of this epoch, its membership tag left unchecked.
    public func open(_ message: MessageIn) throws(MLSRefusal) -> Unverified<Crypto> {
        guard case .publicMessage(let message) = message.message else { throw .notAHandshakeMessage }
        return try open(message, membershipKey: nil)
    }

    func open(_ message: PublicMessage, membershipKey: Secret?) throws(MLSRefusal) -> Unverified<Crypto> {
        guard message.content.groupID == context.groupID else { throw .wrongGroup }
        // RFC 9420 §12.1, §12.4.2: handshake messages are of the current epoch.
        guard message.content.epoch == context.epoch else {
            throw message.content.epoch < context.epoch ? .epochTooOld : .wrongEpoch
        }
        let opened = try message.unprotect(suite, context: context, membershipKey: membershipKey)
        return Unverified(suite, opened, context: context, publicKey: try signatureKey(of: opened))
    }

    /// Whose key the signature has to be checked with, and whether such a sender may say such a thing (RFC 9420 §6.1).
    func signatureKey(of message: AuthenticatedContent) throws(MLSRefusal) -> [UInt8] {
        switch (message.content.sender, message.content.content) {
        case (.member(let leaf), _):
            guard let node = tree.leaf(leaf) else { throw .senderNotAMember }
            return node.signatureKey
        case (.external(let index), .proposal(let proposal)):
            let senders = try externalSenders()
            guard let place = Int(exactly: index), place < senders.count else { throw .noSuchExternalSender }
            // RFC 9420 §12.1.8: only some types.
            guard proposal.type.mayComeFromExternalSender else { throw .notAllowedForExternalSender }
            return senders[place].signatureKey
        case (.newMemberProposal, .proposal(let proposal)):
            // RFC 9420 §6.1, §12.1.8: somebody from outside proposes to be added, nothing else.
            guard case .add(let keyPackage) = proposal else { throw .newMemberMayOnlyAdd }
            return keyPackage.leafNode.signatureKey
        case (.newMemberCommit, .commit(let commit)):
            // RFC 9420 §12.4.3.2: an external commit MUST have a path, and is signed with its leaf's key.
            guard let path = commit.path else { throw .externalCommitWithoutPath }
            return path.leafNode.signatureKey
        default:
            throw .wrongContentForSender
        }
    }

    /// Caches a proposal for a later commit, if it can be part of one at all (RFC 9420 §12.1).
    mutating func insert(
        _ message: Verified<Crypto>,
        rules: some GroupRules
    ) throws(MLSRefusal) -> [UInt8] {
        guard case .proposal(let proposal) = message.message.content.content else { throw .wrongContentForSender }
        guard reInit == nil else { throw .reinitialized }
        let reference = message.message.proposalReference(suite)
        if proposals[reference] != nil { return reference }
        try verify(proposal, from: message.sender, wireFormat: message.message.wireFormat, rules: rules)
        let entry = ProposalCache.Entry(proposal: proposal, sender: message.sender)
        try proposals.insert(entry, reference: reference, limit: limits.proposals)
        return reference
    }

    /// What is wrong with a proposal whatever else the commit holds (RFC 9420 §12.1).
    private func verify(
        _ proposal: Proposal,
        from sender: Sender,
        wireFormat: WireFormat,
        rules: some GroupRules
    ) throws(MLSRefusal) {
        let leaves = LeafRules(suite: suite, groupID: groupID, extensions: context.extensions, rules: rules)
        switch proposal {
        case .add(let keyPackage):
            try leaves.verify(keyPackage)
        case .update(let node):
            guard let leaf = sender.leaf, let old = tree.leaf(leaf) else { throw .updateNotFromMember }
            try leaves.verify(node, at: leaf, as: .update(of: old))
        case .remove(let leaf):
            guard tree.leaf(leaf) != nil else { throw .removesNobody }
        case .preSharedKey(let identifier):
            try ProposalList.verify(identifier, nonceLength: suite.secretLength, purpose: .regular)
        case .reInit(let value):
            guard value.version.rawValue >= context.version.rawValue else { throw .reInitVersion }
        case .externalInit:
            throw .externalInitInRegularCommit
        case .groupContextExtensions:
            break
        case .selfRemove:
            guard let leaf = sender.leaf else { throw .selfRemoveNotFromMember }
            // draft-ietf-mls-extensions, SelfRemove: MUST be a PublicMessage, for those who come from outside.
            guard wireFormat == .publicMessage else { throw .mustBePublic }
            for reference in proposals.order {
                guard let entry = proposals[reference], entry.proposal == .selfRemove else { continue }
                if entry.sender == .member(leaf) { throw .selfRemoveTwice }
            }
        }
    }

    /// The proposals that a commit covers.
    func resolve(_ commit: Commit, from sender: Sender) throws(MLSRefusal) -> [ResolvedProposal] {
        var resolved: [ResolvedProposal] = []
        for entry in commit.proposals {
            switch entry {
            case .proposal(let proposal):
                resolved.append(ResolvedProposal(proposal: proposal, sender: sender, reference: nil))
            case .reference(let reference):
                guard let cached = proposals[reference] else { throw .unknownProposal }
                resolved.append(
                    ResolvedProposal(proposal: cached.proposal, sender: cached.sender, reference: reference)
                )
            }
        }
        return resolved
    }

    /// Everything that a commit does in public.
    func prepare(
        _ message: Verified<Crypto>,
        rules: some GroupRules
    ) throws(MLSRefusal) -> (next: NextEpoch<Crypto>, commit: Commit) {
        guard case .commit(let commit) = message.message.content.content else { throw .wrongContentForSender }
        var next = try NextEpoch(
            self,
            try resolve(commit, from: message.sender),
            committer: message.sender,
            authenticatedData: message.authenticatedData,
            purpose: .regular,
            rules: rules
        )
        if let path = commit.path { _ = try next.merge(path, rules: rules) }
        try next.finish(rules: rules)
        return (next, commit)
    }

    /// The group after a commit.
    func advanced(_ next: NextEpoch<Crypto>, context: GroupContext, confirmationTag: [UInt8]) -> PublicGroup {
        var group = PublicGroup(
            suite: suite,
            context: context,
            tree: next.tree,
            confirmationTag: confirmationTag,
            limits: limits
        )
        group.reInit = next.list.reInit
        return group
    }

    /// What a message without secrets does.
    public mutating func process(
        _ message: Verified<Crypto>,
        rules: some GroupRules
    ) throws(MLSRefusal) -> PublicReceived<Crypto> {
        guard message.epoch == context.epoch else { throw .wrongEpoch }
        switch message.message.content.content {
        case .application:
            throw .applicationDataInTheClear
        case .proposal(let proposal):
            return .proposal(reference: try insert(message, rules: rules), proposal)
        case .commit:
            let (next, _) = try prepare(message, rules: rules)
            var context = next.context
            context.confirmedTranscriptHash = TranscriptHashes.confirmed(
                suite,
                interimBefore: interimTranscriptHash,
                commit: message.message
            )
            guard let tag = message.message.auth.confirmationTag else { throw .missingConfirmationTag }
            let group = advanced(next, context: context, confirmationTag: tag)
            return .commit(PublicStaged(change: next.change, next: group))
        }
    }

    /// Takes the staged epoch.
    public mutating func adopt(_ staged: PublicStaged<Crypto>) throws(MLSRefusal) {
        guard staged.change.before == context else { throw .nothingStaged }
        self = staged.next
    }
}
