// SPDX-License-Identifier: Apache-2.0

public import Base

/// Coming in from outside: the commit to be sent, and the group once it is accepted (RFC 9420 §12.4.3.2).
public struct ExternalJoin<Crypto: CryptoProvider>: Sendable {
    public let commit: MLSMessage
    public let change: GroupChange
    /// Ours from the moment the delivery service takes the commit.
    public let group: Group<Crypto>

    /// - Parameters:
    ///   - info: with `external_pub`; checked like a Welcome's.
    ///   - replacing: our own old leaf, if we come back.
    ///   - preSharedKeys: by the application's names; each is used with a fresh nonce.
    ///   - selfRemoves: pending SelfRemove messages, which have to be taken along (draft-ietf-mls-extensions).
    public init(
        _ info: GroupInfo,
        tree: [UInt8]? = nil,
        member: MemberDescription,
        replacing: LeafIndex? = nil,
        sources: [PreSharedKeySource] = [],
        preSharedKeys: PreSharedKeys = .none,
        selfRemoves: [MessageIn] = [],
        authenticatedData: [UInt8] = [],
        known: [[UInt8]] = [],
        rules: some GroupRules,
        limits: GroupLimits = GroupLimits(),
        using randomness: inout some Randomness
    ) throws(MLSRefusal) {
        // RFC 9420 §12.4.3.
        guard !known.contains(info.context.groupID) else { throw .groupAlreadyKnown }
        try self.init(
            try PublicGroup<Crypto>(info, tree: tree, rules: rules, limits: limits),
            externalPub: try ExternalJoin.externalPub(info),
            member: member,
            replacing: replacing,
            sources: sources,
            preSharedKeys: preSharedKeys,
            selfRemoves: selfRemoves,
            authenticatedData: authenticatedData,
            rules: rules,
            using: &randomness
        )
    }

    /// The same for a group that has been verified already.
    package init(
        _ shared: PublicGroup<Crypto>,
        externalPub: [UInt8],
        member: MemberDescription,
        replacing: LeafIndex? = nil,
        sources: [PreSharedKeySource] = [],
        preSharedKeys: PreSharedKeys = .none,
        selfRemoves: [MessageIn] = [],
        authenticatedData: [UInt8] = [],
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) {
        var shared = shared
        let suite = shared.suite
        let schedule = KeySchedule(suite)
        let (kemOutput, initSecret) = try schedule.externalInit(to: externalPub, using: &randomness)
        var proposals: [Proposal] = [.externalInit(kemOutput: kemOutput)]
        if let replacing { proposals.append(.remove(replacing)) }
        var pairs: [(id: PreSharedKeyID, key: Secret)] = []
        for source in sources {
            guard let key = preSharedKeys.key(source) else { throw .preSharedKeyUnknown }
            let identifier = PreSharedKeyID(source: source, nonce: randomness.bytes(suite.secretLength))
            proposals.append(.preSharedKey(identifier))
            pairs.append((identifier, key))
        }
        var list: [ProposalOrRef] = []
        for message in selfRemoves {
            // Everything but the membership tag can be checked from outside.
            let reference = try shared.insert(try shared.open(message).verified(), rules: rules)
            // Unseen by tests: ProposalList refuses any other reference in an external commit, for the same reason.
            guard shared.proposals[reference]?.proposal == .selfRemove else { throw .externalCommitByReference }
            list.append(.reference(reference))
        }
        for proposal in proposals { list.append(.proposal(proposal)) }
        var next = try NextEpoch(
            shared,
            try shared.resolve(Commit(proposals: list, path: nil), from: .newMemberCommit),
            committer: .newMemberCommit,
            authenticatedData: authenticatedData,
            purpose: .regular,
            rules: rules
        )
        let leaf = try next.placeForNewcomer()
        let path = try next.renewPath(of: leaf, member, rules: rules, using: &randomness)
        try next.finish(rules: rules)
        let draft = CommitDraft<Crypto>(
            proposals: list,
            sender: .newMemberCommit,
            path: path,
            initSecret: initSecret,
            pskSecret: try schedule.pskSecret(pairs),
            // RFC 9420 §6: not being a member, it can only be a PublicMessage.
            wireFormat: .publicMessage,
            authenticatedData: authenticatedData
        )
        let result = try draft.complete(
            next,
            shared: shared,
            signingWith: member.signatureKey.privateKey,
            using: &randomness
        )
        var keys = PrivateKeys(leaf: leaf, keyPair: path.leafKeyPair)
        path.store(in: &keys)
        commit = .publicMessage(PublicMessage(result.message, membershipTag: nil))
        change = next.change
        group = Group(
            shared: result.shared,
            keys: keys,
            derived: result.derived,
            signatureKey: member.signatureKey
        )
    }

    package static func externalPub(_ info: GroupInfo) throws(MLSRefusal) -> [UInt8] {
        guard let data = info.extensions[.externalPub] else { throw .externalPubMissing }
        var reader = ByteReader(data)
        do throws(WireRefusal) {
            let key = try reader.readOpaque()
            guard reader.isAtEnd else { throw .trailingBytes }
            return key
        } catch {
            throw .malformed(error)
        }
    }
}
