// SPDX-License-Identifier: Apache-2.0

package import Base
package import MLS
package import Meetings
package import Membership
package import NativeCrypto
import TestSupport

/// A client with real keys: as much of one as the node's tests need. It follows what it is told at once.
package final class Client {
    package typealias Crypto = NativeCrypto

    package let bundle: KeyPackageBundle
    package let id: ParticipantID
    /// The link that it has.
    package var link: MeetingLink
    package var connection: ConnectionID
    package var token: ResumeToken?
    /// The last number seen.
    package var sequence: UInt64 = 0
    package var group: Group<Crypto>?
    /// Whether it refuses every commit that it is told of.
    package var isStubborn = false
    /// Whether it doesn't even listen.
    package var isDeaf = false
    /// The group that a commit of its own leads to.
    private var awaited: Group<Crypto>?
    private var lastRequest = 0
    private var randomness: SeededRandomness

    package init(link: MeetingLink, hostKey: Secret?, connection: ConnectionID, seed: UInt64) throws {
        randomness = SeededRandomness(seed: seed)
        self.link = link
        self.connection = connection
        let suite = try CryptoSuite<Crypto>(.x25519AES128GCM)
        let key = try suite.generateSignatureKey(using: &randomness)
        id = ParticipantID(signatureKey: key.publicKey, with: Crypto.self)
        var extensions = Extensions.none
        if let hostKey {
            let proof = try HostProof(
                signatureKey: key.publicKey,
                cardHash: link.card.hash(with: Crypto.self),
                hostPrivateKey: hostKey,
                with: Crypto.self
            )
            extensions = extensions.with(proof.asExtension)
        }
        let member = MemberDescription(
            signatureKey: key,
            credential: id.credential,
            capabilities: Capabilities(
                cipherSuites: [suite.identifier],
                extensions: [MeetingPolicy.extensionType, HostProof.extensionType]
            ),
            extensions: extensions
        )
        bundle = try KeyPackageBundle(
            suite,
            member,
            lifetime: Lifetime(notBefore: 0, notAfter: 24 * 3600),
            using: &randomness
        )
    }

    package var keyPackage: [UInt8] { MLSMessage.keyPackage(bundle.keyPackage).encoded }

    package func join(create: Bool = false, resume: ResumeToken? = nil, media: JoinRequest.MediaChoice = .keep)
        -> ClientMessage
    {
        .join(
            JoinRequest(
                meeting: link.keys.alias,
                keyPackage: keyPackage,
                create: create,
                resume: resume,
                since: sequence,
                media: media
            )
        )
    }

    package var policy: MeetingPolicy? { group.flatMap { MeetingPolicy($0.context.extensions) } }

    package func rules(_ group: Group<Crypto>?) -> MeetingRules<Crypto> {
        MeetingRules(tree: group?.tree, extensions: group?.context.extensions ?? .none, card: link.card)
    }

    // MARK: what it makes

    /// A group of one, with this node as external sender.
    package func found(
        nodeKey: [UInt8],
        policy change: (inout MeetingPolicy) -> Void = { _ in },
        withExternalPub: Bool = false
    ) throws -> FoundRequest {
        var policy = MeetingPolicy(cardHash: link.card.hash(with: Crypto.self), hostKey: link.card.hostKey)
        change(&policy)
        let sender = ExternalSender(signatureKey: nodeKey, credential: MeetingRules<Crypto>.nodeCredential)
        let extensions = Extensions.none
            .with(RequiredCapabilities(extensions: [MeetingPolicy.extensionType]).asExtension)
            .with(ExternalSenders([sender]).asExtension)
            .with(policy.asExtension)
        let group = try Group<Crypto>(
            CryptoSuite(.x25519AES128GCM),
            groupID: randomness.bytes(16),
            member: bundle.member,
            lifetime: bundle.lifetime,
            extensions: extensions,
            rules: MeetingRules<Crypto>(tree: nil, extensions: extensions, card: link.card),
            using: &randomness
        )
        awaited = group
        return FoundRequest(
            groupInfo: MLSMessage.groupInfo(
                try group.groupInfo(withTree: false, withExternalPub: withExternalPub)
            ).encoded,
            tree: group.tree.encoded,
            sealedGroupInfo: try sealedInfo(group),
            card: try link.sealedCard(with: Crypto.self, using: &randomness).bytes
        )
    }

    private func sealedInfo(_ group: Group<Crypto>) throws -> [UInt8] {
        let info = try group.groupInfo(withTree: false, withExternalPub: true)
        return try link.keys.seal(
            MLSMessage.groupInfo(info).encoded,
            for: .groupInfo,
            with: Crypto.self,
            using: &randomness
        ).bytes
    }

    /// A commit of a member. Additions bring the link's key; removals by a host bring a new link with them.
    package func commit(
        add newcomers: [Client] = [],
        remove leavers: [Client] = [],
        policy change: ((inout MeetingPolicy) -> Void)? = nil,
        pending: PendingSelection = .all,
        judged: Bool = true
    ) throws -> CommitRequest {
        guard var group, var policy else { throw Missing() }
        var options = CommitOptions()
        options.pending = pending
        options.treeInWelcome = false
        for leaver in leavers {
            let leaf = group.tree.members.first { $0.node.signatureKey == leaver.signatureKey }?.leaf
            options.proposals.append(.remove(leaf ?? LeafIndex(99)))
        }
        if !newcomers.isEmpty {
            options.proposals += newcomers.map { .add($0.bundle.keyPackage) }
            let source = policy.linkKeySource
            options.proposals.append(
                .preSharedKey(PreSharedKeyID(source: source, nonce: randomness.bytes(group.suite.secretLength)))
            )
        }
        let before = policy
        if !leavers.isEmpty { policy.linkGeneration += 1 }
        change?(&policy)
        if policy != before {
            options.proposals.append(.groupContextExtensions(group.context.extensions.with(policy.asExtension)))
        }
        let bundle =
            if judged {
                try group.commit(options, rules: rules(group), preSharedKeys: keys(before), using: &randomness)
            } else {
                try group.commit(options, rules: OpenRules(), preSharedKeys: keys(before), using: &randomness)
            }
        self.group = group
        awaited = bundle.staged.next
        var newLink: CommitRequest.Link?
        let oldLink = link
        if policy.linkGeneration != before.linkGeneration, let next = bundle.staged.next {
            link = try nextLink(in: next)
            newLink = CommitRequest.Link(
                alias: link.keys.alias,
                card: try link.sealedCard(with: Crypto.self, using: &randomness).bytes
            )
        }
        defer { link = oldLink }
        lastRequest += 1
        return CommitRequest(
            epoch: group.epoch,
            commit: bundle.commit.encoded,
            welcome: bundle.welcome?.encoded,
            groupInfo: try bundle.staged.next.map { try sealedInfo($0) } ?? [],
            link: newLink,
            request: lastRequest
        )
    }

    /// Coming in by oneself, with what the node says of the group.
    package func enter(groupInfo: [UInt8], tree: [UInt8], selfRemoves: [[UInt8]] = []) throws -> CommitRequest {
        let message = try link.keys.open(SealedBox(bytes: groupInfo), for: .groupInfo, with: Crypto.self)
        guard case .groupInfo(let info) = try MessageIn(decoding: message).message else { throw Missing() }
        guard let policy = MeetingPolicy(info.context.extensions) else { throw Missing() }
        let ratchetTree = try RatchetTree(decoding: tree)
        let join = try ExternalJoin<Crypto>(
            info,
            tree: tree,
            member: bundle.member,
            replacing: ratchetTree.members.first { $0.node.signatureKey == signatureKey }?.leaf,
            sources: [policy.linkKeySource],
            preSharedKeys: keys(policy),
            selfRemoves: selfRemoves.map { try MessageIn(decoding: $0) },
            // What the node judges isn't judged before.
            rules: OpenRules(),
            using: &randomness
        )
        awaited = join.group
        lastRequest += 1
        return CommitRequest(
            epoch: info.context.epoch,
            commit: join.commit.encoded,
            groupInfo: try sealedInfo(join.group),
            request: lastRequest
        )
    }

    package func message(_ text: String, to: Client? = nil, request: Int? = nil) throws -> ClientMessage {
        // RFC 9420 §12.4: not while proposals wait for a commit.
        guard var group, group.shared.proposals.isEmpty else { throw Missing() }
        let message = try group.encrypt(Array(text.utf8), using: &randomness).encoded
        self.group = group
        return .message(message, to: to?.id, request: request)
    }

    /// The wish to go.
    package func goodbye() throws -> ClientMessage {
        guard var group else { throw Missing() }
        let message = try group.propose(.selfRemove, rules: rules(group), using: &randomness)
        self.group = group
        return .propose(message.encoded)
    }

    package func refusal(of commit: [UInt8], because reason: String = "path") throws -> ClientMessage {
        guard let group else { throw Missing() }
        let refusal = try CommitRefusal(
            of: commit,
            because: Array(reason.utf8),
            in: group.shared,
            leaf: group.leaf,
            signatureKey: bundle.member.signatureKey
        )
        return .refuse(refusal.encoded)
    }

    /// Where it was, so that a test can take it back there.
    package struct State {
        fileprivate let group: Group<Crypto>?
        fileprivate let link: MeetingLink
    }

    package var state: State { State(group: group, link: link) }

    package func go(backTo state: State) {
        group = state.group
        link = state.link
    }

    // MARK: what it is told

    package func receive(_ message: ServerMessage) throws {
        if isDeaf { return }
        switch message {
        case .welcome(let entrance):
            token = entrance.resume
            if entrance.resumed { return }
            sequence = entrance.sequence
            guard let welcome = entrance.welcome else { return group = awaited }
            guard case .welcome(let opened) = try MessageIn(decoding: welcome).message else { throw Missing() }
            let keys = try welcomeKeys()
            group = try Group(
                opened,
                bundle,
                tree: entrance.tree,
                rules: MeetingRules<Crypto>(tree: nil, extensions: .none, card: link.card),
                preSharedKeys: keys
            )
        case .accepted(_, _, let number):
            sequence = number
            try take(awaited)
        case .commit(let number, _, let commit):
            sequence = number
            if isStubborn { return }
            guard var group else { throw Missing() }
            guard case .commit(let staged) = try group.receive(commit, rules: rules(group), preSharedKeys: keys(policy))
            else { throw Missing() }
            if staged.removesUs { return self.group = nil }
            try take(staged.next)
        case .proposal(let number, let proposal):
            sequence = number
            guard var group else { throw Missing() }
            _ = try group.receive(proposal, rules: rules(group))
            self.group = group
        case .message(let number, _, _): sequence = number ?? sequence
        case .reopened(let number, _, _): sequence = number
        default: break
        }
    }

    private func take(_ next: Group<Crypto>?) throws {
        let before = policy
        group = next
        awaited = nil
        if let next, let policy, let before, policy.linkGeneration != before.linkGeneration {
            link = try nextLink(in: next)
        }
    }

    private func nextLink(in group: Group<Crypto>) throws -> MeetingLink {
        let nonce = try group.export(label: "vigil link nonce", context: [], length: MeetingLink.nonceLength)
        return try MeetingLink(link.card, nonce: nonce.withBytes { Array($0) }, with: Crypto.self)
    }

    private var signatureKey: [UInt8] { bundle.keyPackage.leafNode.signatureKey }

    /// The link's key under every generation that a test gets to: which of them the Welcome names isn't known before.
    private func welcomeKeys() throws -> PreSharedKeys {
        var keys = PreSharedKeys()
        for generation in 1...9 as ClosedRange<UInt32> {
            let policy = MeetingPolicy(cardHash: [], hostKey: [], linkGeneration: generation)
            if case .external(let identifier) = policy.linkKeySource {
                keys.set(external: identifier, link.keys.preSharedKey)
            }
        }
        return keys
    }

    private func keys(_ policy: MeetingPolicy?) -> PreSharedKeys {
        var keys = PreSharedKeys()
        if case .external(let identifier)? = policy?.linkKeySource {
            keys.set(external: identifier, link.keys.preSharedKey)
        }
        return keys
    }

    /// The test asked for something that isn't there.
    package struct Missing: Error {
        let line: UInt

        package init(line: UInt = #line) {
            self.line = line
        }
    }
}
