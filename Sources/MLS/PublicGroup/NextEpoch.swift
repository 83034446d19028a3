// SPDX-License-Identifier: Apache-2.0

import Base

/// An epoch under way: the proposals are applied, then the path, then everything is judged as a whole.
struct NextEpoch<Crypto: CryptoProvider>: Sendable {
    let suite: CryptoSuite<Crypto>
    let before: GroupContext
    /// With the new epoch and extensions; the tree hash comes with ``finish(rules:)``. The confirmed transcript hash is
    /// still the old one: this is the provisional context of RFC 9420 §12.4.2.
    var context: GroupContext
    var tree: RatchetTree
    let list: ProposalList
    var added: [LeafIndex] = []
    var change: GroupChange

    /// Those whom no path secret is encrypted to.
    var excluded: SortedSet<NodeIndex> { nodes(of: added) }

    /// Applies the proposals of a commit (RFC 9420 §12.2, §12.3).
    init(
        _ group: PublicGroup<Crypto>,
        _ proposals: [ResolvedProposal],
        committer: Sender,
        authenticatedData: [UInt8],
        purpose: CommitPurpose,
        rules: some GroupRules
    ) throws(MLSRefusal) {
        suite = group.suite
        before = group.context
        guard group.reInit == nil else { throw .reinitialized }
        guard proposals.count <= group.limits.proposals else { throw .tooManyProposals }
        list = try ProposalList(
            proposals,
            committer: committer,
            context: group.context,
            nonceLength: group.suite.secretLength,
            purpose: purpose
        )
        context = group.context
        // Unseen by tests: it takes a group that lived for 2^64 - 1 epochs.
        guard context.epoch < .max else { throw .wrongEpoch }
        context.epoch += 1
        // RFC 9420 §12.3: extensions first, they hold for everything else.
        if let extensions = list.extensions { context.extensions = extensions }
        tree = group.tree
        change = GroupChange(
            before: group.context,
            extensions: context.extensions,
            committer: committer,
            committerLeaf: committer.leaf.flatMap { group.tree.leaf($0) },
            items: [],
            added: [],
            removed: [],
            updated: [],
            path: nil,
            preSharedKeys: list.preSharedKeys,
            reInit: list.reInit,
            authenticatedData: authenticatedData
        )
        for entry in proposals {
            change.items.append(
                GroupChange.Item(
                    proposal: entry.proposal,
                    sender: entry.sender,
                    isByReference: entry.reference != nil
                )
            )
        }
        try apply(rules)
    }

    private mutating func apply(_ rules: some GroupRules) throws(MLSRefusal) {
        let leaves = LeafRules(suite: suite, groupID: before.groupID, extensions: context.extensions, rules: rules)
        try verifySupport()
        for (leaf, node) in list.updates {
            guard let old = tree.leaf(leaf) else { throw .senderNotAMember }
            try leaves.verify(node, at: leaf, as: .update(of: old))
            tree.update(leaf, node)
            change.updated.append(GroupChange.Member(leaf: leaf, node: node))
        }
        for leaf in list.goes {
            // RFC 9420 §12.1.3: whoever is removed is there.
            guard let old = tree.leaf(leaf) else { throw .removesNobody }
            tree.remove(leaf)
            change.removed.append(GroupChange.Member(leaf: leaf, node: old))
        }
        // Unseen by tests: a committer who is a member can't be removed by its own commit, so somebody is always
        // left.
        guard !tree.isEmpty || change.isExternal else { throw .emptyTree }
        try verifyAdds(leaves, rules)
        tree.truncate()
        for keyPackage in list.adds {
            let leaf = try tree.add(keyPackage.leafNode)
            added.append(leaf)
            change.added.append(GroupChange.Member(leaf: leaf, node: keyPackage.leafNode))
        }
        if list.extensions != nil { try leaves.verifyExtensions(tree) }
    }

    /// RFC 9420 §12.2: a proposal type beyond the defaults is known to everybody who stays.
    private func verifySupport() throws(MLSRefusal) {
        var types: [ProposalType] = []
        for entry in list.all where !entry.proposal.type.isDefault && !types.contains(entry.proposal.type) {
            types.append(entry.proposal.type)
        }
        guard !types.isEmpty else { return }
        let going = nodes(of: list.goes)
        for member in tree.members where !going.contains(member.leaf.node) {
            for type in types where !member.node.capabilities.supports(type) {
                throw .proposalTypeNotSupported
            }
        }
    }

    /// RFC 9420 §12.2: nobody is added twice, nor while still there.
    private func verifyAdds<Rules>(_ leaves: LeafRules<Crypto, Rules>, _ rules: Rules) throws(MLSRefusal) {
        guard !list.adds.isEmpty else { return }
        var present = SortedSet<[UInt8]>()
        let members = tree.members
        for member in members { present.insert(member.node.signatureKey) }
        var fresh = SortedSet<[UInt8]>()
        for (index, keyPackage) in list.adds.enumerated() {
            let node = keyPackage.leafNode
            try leaves.verify(keyPackage)
            guard fresh.insert(node.signatureKey) else { throw .clientAddedTwice }
            guard !present.contains(node.signatureKey) else { throw .clientAlreadyMember }
            for earlier in list.adds[..<index] where rules.areSameClient(earlier.leafNode, node) {
                throw .clientAddedTwice
            }
            for member in members where rules.areSameClient(member.node, node) { throw .clientAlreadyMember }
        }
    }

    private func nodes(of leaves: [LeafIndex]) -> SortedSet<NodeIndex> {
        var nodes = SortedSet<NodeIndex>()
        for leaf in leaves { nodes.insert(leaf.node) }
        return nodes
    }

    /// The leaf that somebody from outside gets (RFC 9420 §12.4.2).
    mutating func placeForNewcomer() throws(MLSRefusal) -> LeafIndex {
        try tree.leftmostBlank()
    }

    /// The leaf that the committer's new one replaces: its own, or the one that an external commit removes.
    var replaced: LeafNode? {
        change.isExternal ? list.removes.first.flatMap { removed($0) } : change.committerLeaf
    }

    private func removed(_ leaf: LeafIndex) -> LeafNode? {
        for member in change.removed where member.leaf == leaf { return member.node }
        return nil
    }

    /// Takes over a received path (RFC 9420 §12.4.2); gives the committer's leaf.
    mutating func merge(_ path: UpdatePath, rules: some GroupRules) throws(MLSRefusal) -> LeafIndex {
        let leaf: LeafIndex
        switch change.committer {
        case .member(let index): leaf = index
        default: leaf = try placeForNewcomer()
        }
        try verifyPathLeaf(path.leafNode, at: leaf, rules: rules)
        try tree.merge(suite, path, of: leaf, excluding: excluded)
        change.path = GroupChange.Member(leaf: leaf, node: path.leafNode)
        return leaf
    }

    func verifyPathLeaf(_ node: LeafNode, at leaf: LeafIndex, rules: some GroupRules) throws(MLSRefusal) {
        let leaves = LeafRules(suite: suite, groupID: before.groupID, extensions: context.extensions, rules: rules)
        try leaves.verify(node, at: leaf, as: .commit(of: replaced))
    }

    /// The tree as a whole, then the application (RFC 9420 §12.2: "after processing the Commit the ratchet tree is
    /// invalid"). Sets the tree hash.
    mutating func finish(rules: some GroupRules) throws(MLSRefusal) {
        // RFC 9420 §12.4.
        if list.needsPath, change.path == nil {
            throw change.isExternal ? .externalCommitWithoutPath : .pathMissing
        }
        if change.path != nil || !change.added.isEmpty || !change.updated.isEmpty {
            try tree.verifyUniqueness(suite)
            let leaves = LeafRules(
                suite: suite,
                groupID: before.groupID,
                extensions: context.extensions,
                rules: rules
            )
            try leaves.verifyTogether(tree)
        }
        context.treeHash = tree.treeHash(suite)
        if case .refused(let reason) = rules.judge(change) { throw .applicationRule(reason) }
    }
}
