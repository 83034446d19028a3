// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport

@testable import MLS

typealias Native = CryptoSuite<NativeCrypto>
typealias NativeGroup = Group<NativeCrypto>

/// A group whose members are all at hand. A value: every test works on a copy.
struct Scene: Sendable {
    var suite: Native
    var randomness: SeededRandomness
    var members: [NativeGroup] = []
    var rules = TestRules()
    var preSharedKeys = PreSharedKeys()
    var limits = GroupLimits()

    static let lifetime = Lifetime(notBefore: 1_000, notAfter: 2_000)
    static let groupID = Array("scene".utf8)

    /// Member 0 adds all others in one commit.
    init(
        _ count: Int,
        _ identifier: CipherSuite = .x25519AES128GCM,
        extensions: Extensions = .none,
        seed: UInt64 = 1,
        limits: GroupLimits = GroupLimits(),
        capabilities: (Int, inout Capabilities) -> Void = { _, _ in }
    ) throws {
        suite = try Native(identifier)
        self.limits = limits
        randomness = SeededRandomness(seed: seed)
        var bundles: [KeyPackageBundle] = []
        var descriptions: [MemberDescription] = []
        for index in 0..<count {
            var description = try describe("member \(index)")
            capabilities(index, &description.capabilities)
            descriptions.append(description)
            bundles.append(try bundle(description))
        }
        members = [
            try NativeGroup(
                suite,
                groupID: Scene.groupID,
                member: descriptions[0],
                lifetime: Scene.lifetime,
                extensions: extensions,
                rules: rules,
                limits: limits,
                using: &randomness
            )
        ]
        guard count > 1 else { return }
        var options = CommitOptions()
        options.proposals = bundles.dropFirst().map { .add($0.keyPackage) }
        let made = try members[0].commit(options, rules: rules, using: &randomness)
        try members[0].adopt(made.staged)
        for bundle in bundles.dropFirst() {
            guard case .welcome(let welcome)? = made.welcome else { continue }
            members.append(try NativeGroup(welcome, bundle, rules: rules, limits: limits))
        }
    }

    static let three: Scene = {
        guard let scene = try? Scene(3) else { preconditionFailure("three members can't be made") }
        return scene
    }()

    mutating func describe(_ name: String) throws -> MemberDescription {
        MemberDescription(
            signatureKey: try suite.generateSignatureKey(using: &randomness),
            credential: .basic(identity: Array(name.utf8)),
            capabilities: Capabilities(cipherSuites: [suite.identifier])
        )
    }

    mutating func bundle(_ description: MemberDescription) throws -> KeyPackageBundle {
        try KeyPackageBundle(suite, description, lifetime: Scene.lifetime, using: &randomness)
    }

    mutating func bundle(_ name: String) throws -> KeyPackageBundle {
        try bundle(try describe(name))
    }

    /// A commit of a member, not adopted yet.
    mutating func make(
        by author: Int = 0,
        _ options: CommitOptions = CommitOptions()
    ) throws -> CommitBundle<NativeCrypto> {
        try members[author].commit(options, rules: rules, preSharedKeys: preSharedKeys, using: &randomness)
    }

    mutating func encrypt(
        by author: Int,
        _ data: [UInt8],
        authenticatedData: [UInt8] = []
    ) throws -> MLSMessage {
        try members[author].encrypt(data, authenticatedData: authenticatedData, using: &randomness)
    }

    mutating func proposal(
        by author: Int,
        _ proposal: Proposal,
        format: HandshakeFormat = .publicMessage
    ) throws -> MLSMessage {
        try members[author].propose(proposal, format: format, rules: rules, using: &randomness)
    }

    mutating func update(by author: Int) throws -> MLSMessage {
        try members[author].proposeUpdate(rules: rules, using: &randomness)
    }

    /// Hands a message to a member.
    @discardableResult
    mutating func deliver(_ message: MLSMessage, to member: Int = 1) throws -> Received<NativeCrypto> {
        try members[member].receive(message.encoded, rules: rules, preSharedKeys: preSharedKeys)
    }

    /// A member commits, everybody follows; whoever is added joins at the end.
    mutating func commit(
        by author: Int = 0,
        _ options: CommitOptions = CommitOptions(),
        joining bundles: [KeyPackageBundle] = []
    ) throws {
        let made = try members[author].commit(
            options,
            rules: rules,
            preSharedKeys: preSharedKeys,
            using: &randomness
        )
        for index in members.indices where index != author && members[index].status == .active {
            guard case .commit(let staged) = try deliver(made.commit, to: index) else { continue }
            try members[index].adopt(staged)
        }
        try members[author].adopt(made.staged)
        for bundle in bundles {
            guard case .welcome(let welcome)? = made.welcome else { continue }
            members.append(
                try NativeGroup(welcome, bundle, rules: rules, preSharedKeys: preSharedKeys, limits: limits)
            )
        }
    }

    /// A member proposes, everybody caches.
    @discardableResult
    mutating func propose(by author: Int, _ proposal: Proposal) throws -> [UInt8] {
        let message = try members[author].propose(proposal, rules: rules, using: &randomness)
        return try spread(message, except: author)
    }

    @discardableResult
    mutating func spread(_ message: MLSMessage, except author: Int) throws -> [UInt8] {
        var reference: [UInt8] = []
        for index in members.indices where index != author && members[index].status == .active {
            if case .proposal(let found, _, _) = try deliver(message, to: index) { reference = found }
        }
        return reference
    }

    /// True if all active members see the same epoch.
    var agrees: Bool {
        let active = members.filter { $0.status != .removed }
        return active.allSatisfy {
            $0.context == active[0].context && Secret.equal($0.epochAuthenticator, active[0].epochAuthenticator)
        }
    }
}
