// SPDX-License-Identifier: Apache-2.0

public import Base

extension Group {
    /// The group that continues this one after a commit with a ReInit (RFC 9420 §11.2): its first commit, which adds
    /// everybody and proves by a resumption PSK where they come from.
    ///
    /// - Parameter keyPackages: of all other members.
    public func reinitialized(
        member: MemberDescription,
        lifetime: Lifetime,
        keyPackages: [KeyPackage],
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> (group: Group, bundle: CommitBundle<Crypto>) {
        guard case .reinitialized(let reInit) = status else { throw .reInitMismatch }
        return try successor(
            reInit,
            usage: .reInit,
            purpose: .reinitialize,
            member: member,
            lifetime: lifetime,
            keyPackages: keyPackages,
            rules: rules,
            using: &randomness
        )
    }

    /// A group of some of the members, with the same parameters (RFC 9420 §11.3).
    public func branched(
        groupID: [UInt8],
        extensions: Extensions = .none,
        member: MemberDescription,
        lifetime: Lifetime,
        keyPackages: [KeyPackage],
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> (group: Group, bundle: CommitBundle<Crypto>) {
        try verifyActive()
        let parameters = ReInit(
            groupID: groupID,
            version: context.version,
            cipherSuite: context.cipherSuite,
            extensions: extensions
        )
        return try successor(
            parameters,
            usage: .branch,
            purpose: .branch,
            member: member,
            lifetime: lifetime,
            keyPackages: keyPackages,
            rules: rules,
            using: &randomness
        )
    }

    private func successor(
        _ parameters: ReInit,
        usage: ResumptionUsage,
        purpose: CommitPurpose,
        member: MemberDescription,
        lifetime: Lifetime,
        keyPackages: [KeyPackage],
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> (group: Group, bundle: CommitBundle<Crypto>) {
        guard parameters.version == .mls10 else { throw .unsupportedVersion }
        let suite = try CryptoSuite<Crypto>(parameters.cipherSuite)
        var group = try Group(
            suite,
            groupID: parameters.groupID,
            member: member,
            lifetime: lifetime,
            extensions: parameters.extensions,
            rules: rules,
            limits: shared.limits,
            using: &randomness
        )
        let identifier = PreSharedKeyID(
            source: .resumption(usage, groupID: groupID, epoch: epoch),
            nonce: randomness.bytes(suite.secretLength)
        )
        var proposals: [Proposal] = [.preSharedKey(identifier)]
        for keyPackage in keyPackages { proposals.append(.add(keyPackage)) }
        var preSharedKeys = PreSharedKeys()
        preSharedKeys.set(resumptionOf: groupID, epoch: epoch, secrets.resumption)
        let bundle = try group.commit(
            CommitOptions(proposals: proposals),
            purpose: purpose,
            rules: rules,
            preSharedKeys: preSharedKeys,
            using: &randomness
        )
        return (group, bundle)
    }
}
