// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import NativeCrypto
import TestSupport

@testable import Membership

/// A meeting's group of a host, a co-host and three guests, whose commits are made without any rules and judged by one of
/// the guests, as every client judges.
struct RuleScene {
    typealias MemberGroup = Group<NativeCrypto>
    typealias Who = any WritableKeyPath<RuleScene, MemberGroup> & Sendable

    let suite: CryptoSuite<NativeCrypto>
    let hostPrivateKey: Secret
    let card: Card
    let nodeKey: SignatureKeyPair
    var randomness = SeededRandomness(seed: 1)
    var host: MemberGroup
    var cohost: MemberGroup
    var guest: MemberGroup
    var other: MemberGroup
    /// Who judges.
    var judge: MemberGroup
    /// Of the link of generation 1, the current one.
    let preSharedKey = Secret(Array(repeating: 7, count: 32))

    init(_ adjust: (inout MeetingPolicy) -> Void = { _ in }, withKeepers: Bool = true) throws {
        suite = try CryptoSuite(.x25519AES128GCM)
        let hostPrivateKey = try NativeCrypto.generateSignatureKey(.ed25519, using: &randomness)
        self.hostPrivateKey = hostPrivateKey
        card = Card(hostKey: try NativeCrypto.publicKey(.ed25519, of: hostPrivateKey))
        nodeKey = try suite.generateSignatureKey(using: &randomness)
        var bundles: [KeyPackageBundle] = []
        for place in 0..<5 {
            let asHost = place == 0 && withKeepers
            bundles.append(try RuleScene.bundle(suite, asHost ? hostPrivateKey : nil, card, using: &randomness))
        }
        var policy = MeetingPolicy(cardHash: card.hash(with: NativeCrypto.self), hostKey: card.hostKey)
        if withKeepers { policy.cohosts = [RuleScene.id(bundles[1].keyPackage)] }
        adjust(&policy)
        let extensions = Extensions.none
            .with(RequiredCapabilities(extensions: [MeetingPolicy.extensionType]).asExtension)
            .with(
                ExternalSenders([
                    ExternalSender(
                        signatureKey: nodeKey.publicKey,
                        credential: MeetingRules<NativeCrypto>.nodeCredential
                    )
                ]).asExtension
            )
            .with(policy.asExtension)
        var founder = try MemberGroup(
            suite,
            groupID: [1, 2, 3],
            member: bundles[0].member,
            lifetime: bundles[0].lifetime,
            extensions: extensions,
            rules: OpenRules(),
            using: &randomness
        )
        let adds = bundles[1...].map { Proposal.add($0.keyPackage) }
        let commit = try founder.commit(CommitOptions(proposals: adds), rules: OpenRules(), using: &randomness)
        try founder.adopt(commit.staged)
        guard case .welcome(let welcome)? = commit.welcome else { throw MLSRefusal.nothingStaged }
        host = founder
        let joined = try bundles[1...].map { try MemberGroup(welcome, $0, rules: OpenRules()) }
        (cohost, guest, other, judge) = (joined[0], joined[1], joined[2], joined[3])
    }

    static func id(_ keyPackage: KeyPackage) -> ParticipantID {
        ParticipantID(signatureKey: keyPackage.leafNode.signatureKey, with: NativeCrypto.self)
    }

    /// - Parameter hostKey: makes them a host.
    static func bundle(
        _ suite: CryptoSuite<NativeCrypto>,
        _ hostKey: Secret?,
        _ card: Card,
        credential: Credential? = nil,
        using randomness: inout SeededRandomness
    ) throws -> KeyPackageBundle {
        let key = try suite.generateSignatureKey(using: &randomness)
        var extensions = Extensions.none
        if let hostKey {
            let proof = try HostProof(
                signatureKey: key.publicKey,
                cardHash: card.hash(with: NativeCrypto.self),
                hostPrivateKey: hostKey,
                with: NativeCrypto.self
            )
            extensions = extensions.with(proof.asExtension)
        }
        return try KeyPackageBundle(
            suite,
            MemberDescription(
                signatureKey: key,
                credential: credential
                    ?? ParticipantID(signatureKey: key.publicKey, with: NativeCrypto.self).credential,
                capabilities: Capabilities(
                    cipherSuites: [suite.identifier],
                    extensions: [MeetingPolicy.extensionType, HostProof.extensionType]
                ),
                extensions: extensions
            ),
            lifetime: Lifetime(notBefore: 0, notAfter: 1000),
            using: &randomness
        )
    }

    mutating func newcomer(asHost: Bool = false, credential: Credential? = nil) throws -> KeyPackageBundle {
        try RuleScene.bundle(suite, asHost ? hostPrivateKey : nil, card, credential: credential, using: &randomness)
    }

    // MARK: what people do

    var policy: MeetingPolicy { MeetingPolicy(judge.context.extensions)! }

    func changed(_ change: (inout MeetingPolicy) -> Void) -> Proposal {
        var policy = policy
        change(&policy)
        return .groupContextExtensions(judge.context.extensions.with(policy.asExtension))
    }

    /// The current link's key, or that of another name.
    mutating func linkKey(_ source: PreSharedKeySource? = nil) -> Proposal {
        .preSharedKey(
            PreSharedKeyID(
                source: source ?? policy.linkKeySource,
                nonce: randomness.bytes(suite.secretLength)
            )
        )
    }

    func keys(_ source: PreSharedKeySource? = nil) -> PreSharedKeys {
        var keys = PreSharedKeys()
        for source in [policy.linkKeySource, source] {
            if case .external(let name)? = source { keys.set(external: name, preSharedKey) }
        }
        return keys
    }

    /// What the judge says to a member's commit.
    mutating func verdict(
        on proposals: [Proposal],
        by member: WritableKeyPath<RuleScene, MemberGroup>,
        knowing source: PreSharedKeySource? = nil
    ) throws -> RuleViolation? {
        var committer = self[keyPath: member]
        let bundle = try committer.commit(
            CommitOptions(proposals: proposals),
            rules: OpenRules(),
            preSharedKeys: keys(source),
            using: &randomness
        )
        return try verdict(on: bundle.commit, knowing: source)
    }

    /// Everybody hears a proposal of somebody's.
    mutating func propose(_ proposal: Proposal, by member: WritableKeyPath<RuleScene, MemberGroup>) throws {
        var proposer = self[keyPath: member]
        let message = try proposer.propose(proposal, rules: OpenRules(), using: &randomness)
        self[keyPath: member] = proposer
        try hear(message, except: member)
    }

    mutating func hear(_ message: MLSMessage, except author: WritableKeyPath<RuleScene, MemberGroup>? = nil) throws {
        for member in [\RuleScene.host, \.cohost, \.guest, \.other, \.judge] where member != author {
            _ = try self[keyPath: member].receive(message.encoded, rules: OpenRules())
        }
    }

    /// What the judge says to somebody who comes in from outside.
    mutating func verdictOnEntry(
        of bundle: KeyPackageBundle,
        replacing: LeafIndex? = nil,
        sources: [PreSharedKeySource]? = nil,
        selfRemoves: [MessageIn] = []
    ) throws -> RuleViolation? {
        let join = try ExternalJoin<NativeCrypto>(
            try judge.groupInfo(),
            member: bundle.member,
            replacing: replacing,
            sources: sources ?? [policy.linkKeySource],
            preSharedKeys: keys(sources?.first),
            selfRemoves: selfRemoves,
            rules: OpenRules(),
            using: &randomness
        )
        return try verdict(on: join.commit, knowing: sources?.first)
    }

    mutating func verdict(
        on commit: MLSMessage,
        knowing source: PreSharedKeySource? = nil,
        card: Card? = nil
    ) throws -> RuleViolation? {
        let rules = MeetingRules<NativeCrypto>(
            tree: judge.tree,
            extensions: judge.context.extensions,
            card: card ?? self.card
        )
        do throws(MLSRefusal) {
            guard case .commit = try judge.receive(commit.encoded, rules: rules, preSharedKeys: keys(source))
            else { throw .wrongContentForSender }
            return nil
        } catch {
            guard case .applicationRule(let number) = error, let violation = RuleViolation(rawValue: number)
            else { throw error }
            return violation
        }
    }
}
