// SPDX-License-Identifier: Apache-2.0

public import Base

extension Group {
    /// Makes a commit (RFC 9420 §12.4.1). The group itself stays as it is, but for the ratchet if the commit is encrypted.
    public mutating func commit(
        _ options: CommitOptions = CommitOptions(),
        rules: some GroupRules,
        preSharedKeys: PreSharedKeys = .none,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> CommitBundle<Crypto> {
        try commit(options, purpose: .regular, rules: rules, preSharedKeys: preSharedKeys, using: &randomness)
    }

    mutating func commit(
        _ options: CommitOptions,
        purpose: CommitPurpose,
        rules: some GroupRules,
        preSharedKeys: PreSharedKeys,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> CommitBundle<Crypto> {
        try verifyActive()
        let (list, resolved) = try covered(options)
        var next = try NextEpoch(
            shared,
            resolved,
            committer: .member(leaf),
            authenticatedData: options.authenticatedData,
            purpose: purpose,
            rules: rules
        )
        let description = try description(or: options.member)
        var draft = CommitDraft<Crypto>(
            proposals: list,
            sender: .member(leaf),
            initSecret: secrets.initial,
            pskSecret: try pskSecret(next.list.preSharedKeys, preSharedKeys),
            wireFormat: options.format == .publicMessage ? .publicMessage : .privateMessage,
            authenticatedData: options.authenticatedData
        )
        var signatureKey = signatureKey
        if options.withPath || next.list.needsPath {
            draft.path = try next.renewPath(
                of: leaf,
                description,
                rules: rules,
                using: &randomness
            )
            signatureKey = description.signatureKey
        }
        try next.finish(rules: rules)
        let result = try draft.complete(
            next,
            shared: shared,
            signingWith: self.signatureKey.privateKey,
            using: &randomness
        )
        var keys = keys
        keys.drop(outdatedIn: next.tree)
        draft.path?.store(in: &keys)
        let group = Group(
            shared: result.shared,
            keys: keys,
            derived: result.derived,
            signatureKey: signatureKey
        )
        let welcome = try group.welcome(
            next,
            draft.path,
            result,
            options,
            using: &randomness
        )
        let message = try protect(result.message, options.format, using: &randomness)
        return CommitBundle(
            commit: message,
            welcome: welcome,
            staged: Staged(change: next.change, outcome: .next(group))
        )
    }

    /// The proposals of a commit of ours, as they are written and as they are applied.
    private func covered(
        _ options: CommitOptions
    ) throws(MLSRefusal) -> (list: [ProposalOrRef], resolved: [ResolvedProposal]) {
        var list: [ProposalOrRef] = []
        switch options.pending {
        case .none: break
        case .only(let references):
            for reference in references { list.append(.reference(reference)) }
        case .all:
            for reference in fittingProposals(options.proposals) { list.append(.reference(reference)) }
        }
        for proposal in options.proposals { list.append(.proposal(proposal)) }
        let commit = Commit(proposals: list, path: nil)
        return (list, try shared.resolve(commit, from: .member(leaf)))
    }

    /// Pending proposals that can stand in one commit with these (RFC 9420 §12.2).
    private func fittingProposals(_ others: [Proposal]) -> [[UInt8]] {
        var changed = SortedSet<NodeIndex>(leaf.node)
        var added = SortedSet<[UInt8]>()
        var hasExtensions = false
        for proposal in others {
            switch proposal {
            case .remove(let leaf): changed.insert(leaf.node)
            case .add(let keyPackage): added.insert(keyPackage.leafNode.signatureKey)
            case .groupContextExtensions: hasExtensions = true
            // Stands alone.
            case .reInit: return []
            default: break
            }
        }
        var chosen: [[UInt8]] = []
        // A member's own leaving goes before a removal of it, and a removal before an update.
        for round in 0..<3 {
            for reference in shared.proposals.order {
                guard let entry = shared.proposals[reference] else { continue }
                switch (round, entry.proposal) {
                case (0, .selfRemove):
                    guard let leaf = entry.sender.leaf, changed.insert(leaf.node) else { continue }
                case (1, .remove(let leaf)):
                    guard changed.insert(leaf.node) else { continue }
                case (2, .update):
                    guard let leaf = entry.sender.leaf, changed.insert(leaf.node) else { continue }
                case (2, .add(let keyPackage)):
                    guard added.insert(keyPackage.leafNode.signatureKey) else { continue }
                case (2, .groupContextExtensions):
                    guard !hasExtensions else { continue }
                    hasExtensions = true
                case (2, .preSharedKey): break
                default: continue
                }
                chosen.append(reference)
            }
        }
        guard chosen.isEmpty, others.isEmpty else { return chosen }
        // RFC 9420 §12.2: a ReInit waits for everything else.
        for reference in shared.proposals.order {
            if let entry = shared.proposals[reference], case .reInit = entry.proposal { return [reference] }
        }
        return chosen
    }
}
