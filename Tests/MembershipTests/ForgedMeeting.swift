// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport

@testable import MLS
@testable import Membership

/// A group of a node's own that looks like a meeting's in all that the node knows of it, for people to be lured into.
struct ForgedMeeting {
    private let suite: CryptoSuite<NativeCrypto>
    private let extensions: Extensions
    private var randomness = SeededRandomness(seed: 4)

    init(like group: PublicGroup<NativeCrypto>) throws {
        suite = group.suite
        extensions = group.context.extensions
    }

    /// - Parameter invites: whether it also tries to give a link of its own, of which the Welcome then has the key.
    func welcome(_ keyPackage: KeyPackage, invites: Bool) throws -> NodeMessage.Welcome {
        var randomness = randomness
        let policy = MeetingPolicy(extensions)!
        let key = try suite.generateSignatureKey(using: &randomness)
        let bundle = try KeyPackageBundle(
            suite,
            MemberDescription(
                signatureKey: key,
                credential: ParticipantID(signatureKey: key.publicKey, with: NativeCrypto.self).credential,
                capabilities: Capabilities(
                    cipherSuites: [suite.identifier],
                    extensions: [MeetingPolicy.extensionType, HostProof.extensionType]
                )
            ),
            lifetime: Lifetime(notBefore: 0, notAfter: 1000),
            using: &randomness
        )
        var group = try Group<NativeCrypto>(
            suite,
            groupID: [6],
            member: bundle.member,
            lifetime: bundle.lifetime,
            extensions: extensions,
            rules: OpenRules(),
            using: &randomness
        )
        let card = Card(hostKey: policy.hostKey, nodes: [Array("https://node.example".utf8)])
        let link = try MeetingLink(card, nonce: randomness.bytes(32), with: NativeCrypto.self)
        var proposals = [Proposal.add(keyPackage)]
        var keys = PreSharedKeys()
        var invitation: [UInt8] = []
        if invites {
            let source = policy.linkKeySource
            if case .external(let name) = source { keys.set(external: name, link.keys.preSharedKey) }
            proposals.append(
                .preSharedKey(PreSharedKeyID(source: source, nonce: randomness.bytes(suite.secretLength)))
            )
            // As good as it can: to the init key, but not under the link that was knocked with.
            let content = Invitation(generation: policy.linkGeneration, nonce: link.nonce)
            let box = try link.keys.seal(
                content.encoded,
                for: .invitation,
                with: NativeCrypto.self,
                using: &randomness
            )
            invitation = try suite.encryptWithLabel(
                to: keyPackage.initKey,
                .other("vigil invitation"),
                context: policy.cardHash,
                plaintext: box.bytes,
                using: &randomness
            ).encoded
        }
        let commit = try group.commit(
            CommitOptions(proposals: proposals),
            rules: OpenRules(),
            preSharedKeys: keys,
            using: &randomness
        )
        try group.adopt(commit.staged)
        return NodeMessage.Welcome(
            isResumed: false,
            resume: [1],
            epoch: group.epoch,
            sequence: 1,
            present: [],
            welcome: commit.welcome?.encoded ?? [],
            tree: group.tree.encoded,
            invitation: invitation
        )
    }
}
