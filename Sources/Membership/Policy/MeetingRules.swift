// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS

/// Who may do what to a meeting's group: one pure judgement, the same in every client and in the node (RFC 9420 §12.2).
///
/// A value for one epoch, made from what is public in it. A node that doesn't know the card leaves `card` out; a client
/// never does.
public struct MeetingRules<Crypto: CryptoProvider>: GroupRules {
    /// What the link's card says; `nil` at a node, which can't read it.
    let card: (hash: [UInt8], hostKey: [UInt8])?
    /// Whether a host or co-host is in the group.
    let isKept: Bool
    let permits: Permits

    /// - Parameters:
    ///   - tree: of the epoch in which a commit is judged; `nil` before there is one.
    ///   - extensions: of its group context.
    public init(
        tree: RatchetTree?,
        extensions: Extensions,
        card: Card?,
        permits: Permits = .none
    ) {
        self.card = card.map { ($0.hash(with: Crypto.self), $0.hostKey) }
        self.permits = permits
        guard let policy = MeetingPolicy(extensions), let tree else {
            isKept = false
            return
        }
        isKept = tree.members.contains { Role($0.node, under: policy, with: Crypto.self).isKeeper }
    }

    // MARK: leaves

    /// Not checked again by the others when received, since clocks differ (RFC 9420 §7.3).
    public var now: UInt64? { nil }

    /// Two days: key packages serve at once, and meetings end.
    public var longestLifetime: UInt64 { 2 * 24 * 3600 }

    public func accepts(_ leaf: LeafNode, _ use: CredentialUse) -> Bool {
        leaf.credential == ParticipantID(signatureKey: leaf.signatureKey, with: Crypto.self).credential
    }

    /// The node, which may propose to remove who is lost. What else it proposes nobody commits.
    public func accepts(_ sender: ExternalSender) -> Bool {
        sender.credential == MeetingRules.nodeCredential
    }

    /// The same person with fresh keys.
    public func accepts(_ leaf: LeafNode, inPlaceOf old: LeafNode) -> Bool {
        leaf.signatureKey == old.signatureKey && leaf.credential == old.credential
    }

    public func areSameClient(_ first: LeafNode, _ second: LeafNode) -> Bool { false }

    public static var nodeCredential: Credential { .basic(identity: [UInt8](word: "vigil node")) }

    // MARK: commits

    public func judge(_ change: GroupChange) -> RuleVerdict {
        if let violation = violation(of: change) { return .refused(violation.rawValue) }
        return .accepted
    }

    /// Which rule a commit breaks, `nil` if none.
    public func violation(of change: GroupChange) -> RuleViolation? {
        guard let before = MeetingPolicy(change.before.extensions), let after = MeetingPolicy(change.extensions)
        else { return .policyMissing }
        if let card, card.hash != before.cardHash || card.hostKey != before.hostKey { return .foreignCard }
        for item in change.items where !isKnown(item.proposal) { return .otherProposal }
        let role = role(of: change, under: before)
        return violation(of: change, from: before, to: after, by: role)
            ?? newcomers(in: change, under: before, by: role)
            ?? removals(in: change, from: before, to: after, by: role)
    }

    /// Leaves are renewed by commits, and a meeting keeps its group.
    private func isKnown(_ proposal: Proposal) -> Bool {
        switch proposal {
        case .reInit, .update: false
        default: true
        }
    }

    private func role(of change: GroupChange, under policy: MeetingPolicy) -> Role {
        guard let leaf = change.committerLeaf ?? change.path?.node else { return .guest }
        return Role(leaf, under: policy, with: Crypto.self)
    }

    /// What may become of the policy.
    private func violation(
        of change: GroupChange,
        from before: MeetingPolicy,
        to after: MeetingPolicy,
        by role: Role
    ) -> RuleViolation? {
        for entry in change.extensions.all where entry.type != MeetingPolicy.extensionType {
            guard change.before.extensions[entry.type] == entry.data else { return .extensionsChanged }
        }
        guard change.extensions.all.count == change.before.extensions.all.count else { return .extensionsChanged }
        for item in change.items {
            guard case .groupContextExtensions = item.proposal else { continue }
            if item.isByReference { return .policyByReference }
        }
        if before == after { return nil }
        guard role.isKeeper else { return .policyNotByKeeper }
        guard before.cardHash == after.cardHash, before.hostKey == after.hostKey,
            before.accountable == after.accountable
        else { return .policyFixed }
        let isHostsOnly =
            before.cohosts != after.cohosts || before.history != after.history || before.absence != after.absence
        if isHostsOnly, role != .host { return .policyNotByHost }
        let isNext = before.linkGeneration < .max && after.linkGeneration == before.linkGeneration + 1
        guard isNext || after.linkGeneration == before.linkGeneration else { return .linkGenerationStep }
        return nil
    }

    /// Who may come in, and how.
    private func newcomers(in change: GroupChange, under policy: MeetingPolicy, by role: Role) -> RuleViolation? {
        for identifier in change.preSharedKeys where identifier.source != policy.linkKeySource {
            return .otherPreSharedKey
        }
        let hasLinkKey = !change.preSharedKeys.isEmpty
        for item in change.items {
            guard case .add = item.proposal else { continue }
            if item.isByReference || item.sender != change.committer { return .addByReference }
        }
        if change.isExternal {
            guard hasLinkKey else { return .linkKeyMissing }
            if role == .host || takesOldPlace(change) { return nil }
            if policy.locked { return .locked }
            // Who waits for hosts may be let in by members; nobody lets in themselves.
            return policy.lobby ? .lobby : nil
        }
        guard !change.added.isEmpty else { return nil }
        guard hasLinkKey else { return .linkKeyMissing }
        if policy.locked {
            for member in change.added where Role(member.node, under: policy, with: Crypto.self) != .host {
                return .locked
            }
        }
        if role.isKeeper || !policy.lobby { return nil }
        return !isKept && policy.absence == .membersAdmit ? nil : .lobby
    }

    /// Who comes back to the place that is already theirs passes every door. Others' leaving, which an external commit has
    /// to take along, is no such place.
    private func takesOldPlace(_ change: GroupChange) -> Bool {
        change.items.contains { item in
            if case .remove = item.proposal { true } else { false }
        }
    }

    /// Who may be made to go: hosts and co-hosts remove in their own name and change the link with it, everybody may go
    /// by themselves, and a node may ask for the place of who is lost.
    private func removals(
        in change: GroupChange,
        from before: MeetingPolicy,
        to after: MeetingPolicy,
        by role: Role
    ) -> RuleViolation? {
        for item in change.items {
            guard case .remove(let leaf) = item.proposal else { continue }
            switch item.sender {
            case .external: continue
            // Of one's own old leaf: RFC 9420 §12.4.3.2, and ``accepts(_:inPlaceOf:)``.
            case .newMemberCommit: continue
            case .member where item.isByReference: return .removeByReference
            case .member, .newMemberProposal: break
            }
            guard let node = change.removed.first(where: { $0.leaf == leaf })?.node else { return .removeNotAllowed }
            if permits.allowRemoval(of: node, citing: change.authenticatedData) { continue }
            let target = Role(node, under: before, with: Crypto.self)
            guard role == .host || (role == .cohost && target == .guest) else { return .removeNotAllowed }
            guard after.linkGeneration != before.linkGeneration else { return .linkNotRotated }
        }
        return nil
    }
}
