// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import TestSupport
import Testing

@testable import MLS
@testable import Membership

typealias NativeGroup = Group<NativeCrypto>

/// A meeting of real members, and the hands of whoever attacks it. The node is theirs in every trial.
final class Trial {
    let stage: Stage
    let host: SimulatedMember
    private(set) var guests: [SimulatedMember] = []
    var randomness = SeededRandomness(seed: 4711)
    let suite: CryptoSuite<NativeCrypto>

    init(_ names: [String] = ["Kofi", "Mei"], seed: UInt64 = 1, _ adjust: (inout MemberSettings) -> Void = { _ in })
        throws
    {
        stage = try Stage(seed: seed)
        suite = try CryptoSuite(.x25519AES128GCM)
        host = try stage.host("Ana", adjust)
        for name in names { try enter(name) }
    }

    var node: RelayNode { stage.node }
    var everybody: [SimulatedMember] { [host] + guests }
    var link: LinkSecret {
        get throws { try #require(host.linkSecret) }
    }

    @discardableResult
    func enter(_ name: String) throws -> SimulatedMember {
        let guest = try stage.guest(name, by: link)
        guests.append(guest)
        return guest
    }

    /// Runs until it is so; how long that took, or `nil` if it wasn't so in time.
    func time(within limit: Interval, until isSo: () -> Bool) -> Interval? {
        let start = stage.now
        while !isSo() {
            guard stage.now - start < limit else { return nil }
            stage.run(for: .milliseconds(500))
        }
        return stage.now - start
    }

    // MARK: what an attacker takes from where

    /// The keys of a member who doesn't keep the rules: everything that its client holds.
    func keys(of member: SimulatedMember) throws -> NativeGroup { try #require(member.member.group) }

    var linkKeys: PreSharedKeys { host.member.preSharedKeys }

    func keys(of secret: LinkSecret, generation: UInt32) throws -> PreSharedKeys {
        var keys = PreSharedKeys()
        keys.set(
            external: Array("vigil link".utf8) + generation.encoded,
            try LinkKeys(secret, with: NativeCrypto.self).preSharedKey
        )
        return keys
    }

    /// Somebody whom nobody let in, with keys of their own.
    func stranger(credential: Credential? = nil, proof: HostProof? = nil) throws -> KeyPackageBundle {
        let key = try suite.generateSignatureKey(using: &randomness)
        let id = ParticipantID(signatureKey: key.publicKey, with: NativeCrypto.self)
        let description = MemberDescription(
            signatureKey: key,
            credential: credential ?? id.credential,
            capabilities: Capabilities(
                cipherSuites: [suite.identifier],
                extensions: [MeetingPolicy.extensionType, HostProof.extensionType]
            ),
            extensions: proof.map { Extensions.none.with($0.asExtension) } ?? .none
        )
        return try KeyPackageBundle(
            suite,
            description,
            lifetime: Lifetime(notBefore: 1_779_990_000, notAfter: 1_780_080_000),
            using: &randomness
        )
    }

    func id(of bundle: KeyPackageBundle) -> ParticipantID {
        ParticipantID(signatureKey: bundle.keyPackage.leafNode.signatureKey, with: NativeCrypto.self)
    }

    /// `PreSharedKey` proposal of the link.
    func linkKeyProposal(generation: UInt32) -> Proposal {
        .preSharedKey(
            PreSharedKeyID(
                source: MeetingPolicy.linkKeySource(generation: generation),
                nonce: randomness.bytes(suite.secretLength)
            )
        )
    }

    /// What a member's client would never make: a commit that only MLS has checked.
    func commit(
        by member: SimulatedMember,
        _ proposals: [Proposal],
        withPath: Bool = true
    ) throws -> CommitBundle<NativeCrypto> {
        var group = try keys(of: member)
        var options = CommitOptions(proposals: proposals)
        options.withPath = withPath
        return try group.commit(options, rules: OpenRules(), preSharedKeys: linkKeys, using: &randomness)
    }

    /// An outsider's own commit, made from what somebody inside gave away.
    func externalCommit(
        _ outsider: KeyPackageBundle,
        replacing: LeafIndex? = nil,
        sources: [PreSharedKeySource] = [],
        preSharedKeys: PreSharedKeys = .none,
        selfRemoves: [MLSMessage] = []
    ) throws -> ExternalJoin<NativeCrypto> {
        try ExternalJoin(
            try keys(of: host).groupInfo(),
            member: outsider.member,
            replacing: replacing,
            sources: sources,
            preSharedKeys: preSharedKeys,
            selfRemoves: selfRemoves.map { MessageIn($0) },
            rules: OpenRules(),
            using: &randomness
        )
    }

    /// Passes a commit to all, as if it had been accepted.
    func pass(_ commit: MLSMessage, except author: SimulatedMember? = nil) throws {
        let epoch = try #require(MessageIn(commit).epoch)
        node.broadcast(except: author?.id) { .commit(sequence: $0, epoch: epoch, commit: commit.encoded) }
    }

    // MARK: whether an attack is one

    /// Whether a client of plain MLS, in this member's place, would go along.
    func plainClientFollows(
        _ commit: MLSMessage,
        inPlaceOf member: SimulatedMember,
        preSharedKeys: PreSharedKeys? = nil
    ) -> Bool {
        guard var group = member.member.group,
            case .commit(let staged)? = try? group.receive(
                commit.encoded,
                rules: OpenRules(),
                preSharedKeys: preSharedKeys ?? member.member.preSharedKeys
            )
        else { return false }
        return (try? group.adopt(staged)) != nil
    }

    /// Whether a node that checks what can be checked without keys, but no rules of meetings, would take it.
    func plainNodeTakes(_ commit: MLSMessage) -> Bool {
        guard var group = node.room?.group, let opened = try? group.open(MessageIn(commit)).verified(),
            case .commit? = try? group.process(opened, rules: OpenRules())
        else { return false }
        return true
    }
}
