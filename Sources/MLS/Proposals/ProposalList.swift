// SPDX-License-Identifier: Apache-2.0

import Base

/// The proposals of one commit sorted by kind, with the rules that concern the list alone (RFC 9420 §12.2).
struct ProposalList: Sendable {
    var all: [ResolvedProposal] = []
    var updates: [(leaf: LeafIndex, node: LeafNode)] = []
    var removes: [LeafIndex] = []
    var selfRemoves: [LeafIndex] = []
    var adds: [KeyPackage] = []
    var preSharedKeys: [PreSharedKeyID] = []
    var reInit: ReInit?
    var externalInit: [UInt8]?
    var extensions: Extensions?

    /// Whether the commit needs a path (RFC 9420 §12.4).
    var needsPath: Bool {
        if all.isEmpty { return true }
        return all.contains { $0.proposal.type.needsPath }
    }

    var goes: [LeafIndex] { removes + selfRemoves }

    /// Sorts, and checks what needs no tree.
    init(
        _ proposals: [ResolvedProposal],
        committer: Sender,
        context: GroupContext,
        nonceLength: Int,
        purpose: CommitPurpose
    ) throws(MLSRefusal) {
        all = proposals
        for entry in proposals {
            if committer == .newMemberCommit { try ProposalList.verifyExternal(entry) }
            try insert(entry, committer: committer, context: context, nonceLength: nonceLength, purpose: purpose)
        }
        // RFC 9420 §12.2: a ReInit stands alone.
        if reInit != nil, proposals.count > 1 { throw .reInitWithOthers }
        if committer == .newMemberCommit {
            // RFC 9420 §12.2: exactly one ExternalInit (a second one is refused below), at most one Remove.
            guard externalInit != nil else { throw .externalInitCount }
            guard removes.count <= 1 else { throw .externalCommitRemoves }
        }
        try verifyOneChangePerLeaf(committer: committer)
    }

    /// RFC 9420 §12.2, §12.4.3.2: an external commit holds ExternalInit, Remove and PSKs by value, and SelfRemove by
    /// reference (draft-ietf-mls-extensions, SelfRemove).
    private static func verifyExternal(_ entry: ResolvedProposal) throws(MLSRefusal) {
        if entry.reference != nil {
            guard entry.proposal == .selfRemove else { throw .externalCommitByReference }
            return
        }
        switch entry.proposal {
        case .externalInit, .remove, .preSharedKey: return
        // Refused with its own reason below.
        case .selfRemove: return
        default: throw .externalCommitProposal
        }
    }

    private mutating func insert(
        _ entry: ResolvedProposal,
        committer: Sender,
        context: GroupContext,
        nonceLength: Int,
        purpose: CommitPurpose
    ) throws(MLSRefusal) {
        switch entry.proposal {
        case .add(let keyPackage):
            adds.append(keyPackage)
        case .update(let node):
            // RFC 9420 §12.1.2: an update replaces the leaf of the member that sent it.
            guard let leaf = entry.sender.leaf else { throw .updateNotFromMember }
            // RFC 9420 §12.2: no update by the committer.
            guard entry.sender != committer else { throw .updateByCommitter }
            updates.append((leaf, node))
        case .remove(let leaf):
            // RFC 9420 §12.2: nobody commits their own removal.
            guard committer != .member(leaf) else { throw .removesCommitter }
            removes.append(leaf)
        case .selfRemove:
            // draft-ietf-mls-extensions, SelfRemove: by reference only, from a member, never from the committer.
            guard entry.reference != nil else { throw .selfRemoveByValue }
            guard let leaf = entry.sender.leaf else { throw .selfRemoveNotFromMember }
            guard entry.sender != committer else { throw .removesCommitter }
            guard !selfRemoves.contains(leaf) else { throw .selfRemoveTwice }
            selfRemoves.append(leaf)
        case .preSharedKey(let identifier):
            try ProposalList.verify(identifier, nonceLength: nonceLength, purpose: purpose)
            // RFC 9420 §12.2: not the same one twice.
            guard !preSharedKeys.contains(identifier) else { throw .preSharedKeyTwice }
            preSharedKeys.append(identifier)
        case .reInit(let value):
            // RFC 9420 §12.1.5: never to an older version.
            guard value.version.rawValue >= context.version.rawValue else { throw .reInitVersion }
            reInit = value
        case .externalInit(let kemOutput):
            // RFC 9420 §12.2.
            guard committer == .newMemberCommit else { throw .externalInitInRegularCommit }
            guard externalInit == nil else { throw .externalInitCount }
            externalInit = kemOutput
        case .groupContextExtensions(let value):
            // RFC 9420 §12.2.
            guard extensions == nil else { throw .severalGroupContextExtensions }
            extensions = value
        }
    }

    /// RFC 9420 §12.1.4.
    static func verify(
        _ identifier: PreSharedKeyID,
        nonceLength: Int,
        purpose: CommitPurpose
    ) throws(MLSRefusal) {
        guard identifier.nonce.count == nonceLength else { throw .preSharedKeyNonceLength }
        if case .resumption(let usage, _, _) = identifier.source, !purpose.allows(usage) { throw .preSharedKeyUsage }
    }

    /// RFC 9420 §12.2: one update or removal per leaf.
    private func verifyOneChangePerLeaf(committer: Sender) throws(MLSRefusal) {
        var changed = SortedSet<NodeIndex>()
        for leaf in goes where !changed.insert(leaf.node) { throw .severalChangesToOneLeaf }
        for update in updates where !changed.insert(update.leaf.node) { throw .severalChangesToOneLeaf }
    }
}
