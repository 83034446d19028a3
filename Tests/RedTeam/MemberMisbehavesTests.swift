// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// Somebody who was let in doesn't keep the rules, alone or with the node.
@Suite("A member misbehaves")
struct MemberMisbehavesTests {
    /// A commit of theirs, its content changed, signed and tagged again.
    private func altered(
        _ trial: Trial,
        by member: SimulatedMember,
        _ proposals: [Proposal] = [],
        _ change: (inout Commit, inout [UInt8]) throws -> Void
    ) throws -> MLSMessage {
        let group = try trial.keys(of: member)
        let made = try trial.commit(by: member, proposals)
        guard case .publicMessage(let message) = made.commit, case .commit(var commit) = message.content.content,
            var tag = message.auth.confirmationTag
        else { throw MLSRefusal.notAHandshakeMessage }
        try change(&commit, &tag)
        var content = message.content
        content.content = .commit(commit)
        var signed = try AuthenticatedContent.sign(
            trial.suite,
            .publicMessage,
            content,
            context: group.context,
            privateKey: member.member.signatureKey.privateKey
        )
        signed.auth.confirmationTag = tag
        return .publicMessage(
            try PublicMessage.protect(
                trial.suite,
                signed,
                context: group.context,
                membershipKey: group.secrets.membership
            )
        )
    }

    @Test("with a commit whose confirmation tag is wrong: refused by all, its author named")
    func wrongTag() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let commit = try altered(trial, by: mallory) { _, tag in tag[0] ^= 1 }
        #expect(trial.plainNodeTakes(commit))
        try trial.expectRefusal(of: commit, because: "confirmationTag", from: mallory, naming: mallory.id)
    }

    @Test("with a tree that isn't one: a key in the path exchanged")
    func wrongTree() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let other = try trial.suite.generateKeyPair(using: &trial.randomness).publicKey
        let commit = try altered(trial, by: mallory) { commit, _ in
            let path = try #require(commit.path)
            #expect(!path.nodes.isEmpty)
            commit.path?.nodes[0].encryptionKey = other
        }
        try trial.expectRefusal(of: commit, because: "group", from: mallory, naming: mallory.id)
    }

    /// A commit that only those can follow to whom the first node of the path is encrypted: everybody else's ciphertext is
    /// garbled, and all else is right for it.
    private func brokenCommit(_ trial: Trial, by member: SimulatedMember) throws -> MLSMessage {
        let group = try trial.keys(of: member)
        let suite = trial.suite
        var next = try NextEpoch(
            group.shared,
            [],
            committer: .member(group.leaf),
            authenticatedData: [],
            purpose: .regular,
            rules: OpenRules()
        )
        let fresh = try next.renewPath(
            of: group.leaf,
            try group.description(or: nil),
            rules: OpenRules(),
            using: &trial.randomness
        )
        try next.finish(rules: OpenRules())
        var path = try next.tree.encrypt(
            suite,
            fresh,
            excluding: next.excluded,
            context: next.context.encoded,
            using: &trial.randomness
        )
        for node in path.nodes.indices.dropFirst() {
            for index in path.nodes[node].encryptedPathSecret.indices {
                path.nodes[node].encryptedPathSecret[index].ciphertext[0] ^= 1
            }
        }
        var message = try AuthenticatedContent.sign(
            suite,
            .publicMessage,
            group.framed(.commit(Commit(proposals: [], path: path)), []),
            context: group.context,
            privateKey: group.signatureKey.privateKey
        )
        var context = next.context
        context.confirmedTranscriptHash = TranscriptHashes.confirmed(
            suite,
            interimBefore: group.shared.interimTranscriptHash,
            commit: message
        )
        let schedule = KeySchedule(suite)
        let joiner = try schedule.joinerSecret(
            initSecret: group.secrets.initial,
            commitSecret: fresh.commitSecret,
            context: context
        )
        let derived = try schedule.epoch(joinerSecret: joiner, pskSecret: try schedule.pskSecret([]), context: context)
        message.auth.confirmationTag = suite.mac(
            key: derived.secrets.confirmation,
            context.confirmedTranscriptHash
        )
        return .publicMessage(
            try PublicMessage.protect(
                suite,
                message,
                context: group.context,
                membershipKey: group.secrets.membership
            )
        )
    }

    @Test("with a commit that is broken for most: they refuse it, who followed goes back, its author is named")
    func brokenForMost() throws {
        let trial = try Trial(["Mallory", "Kofi", "Mei", "Noor"])
        let mallory = trial.guests[0]
        let refusing = trial.guests.dropFirst()
        let before = try trial.keys(of: mallory).shared
        let commit = try brokenCommit(trial, by: mallory)
        #expect(trial.plainNodeTakes(commit))
        let epoch = try #require(trial.host.newestEpoch)
        try trial.pass(commit, except: mallory)
        trial.stage.run(for: .milliseconds(10))
        #expect(trial.host.newestEpoch == epoch + 1 && trial.host.warnings == [])
        for member in refusing {
            #expect(member.newestEpoch == epoch)
            #expect(member.isWarned(.refusedCommit, about: mallory.id, detail: "path"))
        }
        let refusals = trial.node.refusals.filter { $0.isValid(of: commit.encoded, in: before) }
        #expect(refusals.count == refusing.count)
        trial.node.broadcast(except: nil) {
            .reopened(sequence: $0, epoch: epoch, refusals: refusals.map(\.encoded))
        }
        trial.stage.run(for: .milliseconds(10))
        #expect(trial.host.sendingEpoch == epoch)
        #expect(trial.host.isWarned(.reopened, about: mallory.id))
        trial.expectTalking([trial.host] + refusing)
    }

    @Test("with a commit that breaks a rule, and a node that goes on from there: nobody is led into it")
    func ruleBrokenThenResync() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        var policy = try #require(trial.host.policy)
        policy.cohosts = [mallory.id]
        let group = try trial.keys(of: mallory)
        let made = try trial.commit(
            by: mallory,
            [.groupContextExtensions(group.context.extensions.with(policy.asExtension))]
        )
        try trial.pass(made.commit, except: mallory)
        trial.stage.run(for: .milliseconds(10))
        let next = try #require(made.staged.next)
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        let sealed = try keys.seal(
            MLSMessage.groupInfo(try next.groupInfo(withTree: false)).encoded,
            for: .groupInfo,
            with: NativeCrypto.self,
            using: &trial.randomness
        )
        // A plain client would come in anew, into the group that the two of them have made.
        trial.node.intercept = { message, _ in
            guard case .group = message else { return [message] }
            return [.group(epoch: next.epoch, groupInfo: sealed.bytes, tree: next.tree.encoded)]
        }
        for victim in [trial.host, trial.guests[0]] {
            trial.node.deliver(.commit(sequence: 0, epoch: next.epoch, commit: []), to: victim.id)
        }
        trial.stage.run(for: .seconds(5))
        for victim in [trial.host, trial.guests[0]] {
            #expect(victim.isWarned(.refusedCommit, about: mallory.id, detail: "policyNotByKeeper"))
            #expect(victim.isWarned(.fork, detail: "refusedCommit"))
            #expect(victim.newestEpoch == made.staged.change.before.epoch)
            #expect(victim.policy?.cohosts == [])
        }
    }

    @Test(
        "with such a commit, and a node that gets a victim out of step to lead it in: the victim says that the group is split",
        arguments: [false, true]
    )
    func ruleBrokenThenOutOfStep(isReopened: Bool) throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let (victim, mallory) = (trial.guests[0], trial.guests[1])
        let stranger = try trial.stranger()
        // Nothing in the rules changes by it: only who is in.
        trial.stage.ask(trial.host, .lobby(true))
        let made = try trial.commit(by: mallory, [trial.linkKeyProposal(generation: 1), .add(stranger.keyPackage)])
        try trial.pass(made.commit, except: mallory)
        trial.stage.run(for: .milliseconds(10))
        let next = try #require(made.staged.next)
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        let sealed = try keys.seal(
            MLSMessage.groupInfo(try next.groupInfo(withTree: false)).encoded,
            for: .groupInfo,
            with: NativeCrypto.self,
            using: &trial.randomness
        )
        #expect(victim.isWarned(.refusedCommit, about: mallory.id, detail: "lobby"))
        trial.node.intercept = { message, _ in
            guard case .group = message else { return [message] }
            return [.group(epoch: next.epoch, groupInfo: sealed.bytes, tree: next.tree.encoded)]
        }
        trial.node.interceptRequest = { request, author in
            guard author == victim.id, case .commit = request else { return request }
            trial.node.deliver(
                .welcome(NodeMessage.Welcome(isResumed: false, resume: [1], epoch: 0, sequence: 0, present: [])),
                to: author
            )
            return nil
        }
        if isReopened {
            let epoch = try #require(victim.newestEpoch)
            trial.node.deliver(.reopened(sequence: 0, epoch: epoch, refusals: []), to: victim.id)
            trial.node.deliver(.commit(sequence: 0, epoch: epoch + 1, commit: []), to: victim.id)
        } else {
            trial.node.keepsBacklog = false
            trial.stage.cut(victim)
            trial.stage.open(victim)
        }
        trial.stage.run(for: .seconds(5))
        #expect(victim.warnings.contains { $0.kind == .fork })
        if isReopened { #expect(victim.people[trial.id(of: stranger)] == nil) }
    }

    @Test(
        "with a group of their own under the meeting's link, in which there is no host: who is led back into it is told"
    )
    func otherGroup() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let (victim, mallory) = (trial.guests[0], trial.guests[1])
        let group = try trial.keys(of: mallory)
        let leaf = try #require(group.leafNode)
        let own = try NativeGroup(
            trial.suite,
            groupID: Array(repeating: 7, count: 16),
            member: MemberDescription(
                signatureKey: mallory.member.signatureKey,
                credential: mallory.id.credential,
                capabilities: leaf.capabilities
            ),
            lifetime: Lifetime(notBefore: 1_779_990_000, notAfter: 1_780_080_000),
            extensions: group.context.extensions,
            rules: OpenRules(),
            using: &trial.randomness
        )
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        let sealed = try keys.seal(
            MLSMessage.groupInfo(try own.groupInfo(withTree: false)).encoded,
            for: .groupInfo,
            with: NativeCrypto.self,
            using: &trial.randomness
        )
        trial.node.intercept = { message, _ in
            guard case .group = message else { return [message] }
            return [.group(epoch: own.epoch, groupInfo: sealed.bytes, tree: own.tree.encoded)]
        }
        trial.node.interceptRequest = { request, author in
            guard author == victim.id, case .commit = request else { return request }
            trial.node.deliver(
                .welcome(NodeMessage.Welcome(isResumed: false, resume: [1], epoch: 0, sequence: 0, present: [])),
                to: author
            )
            return nil
        }
        trial.node.keepsBacklog = false
        trial.stage.cut(victim)
        trial.stage.open(victim)
        trial.stage.run(for: .seconds(5))
        #expect(victim.isInside && Set(victim.people.keys) == [victim.id, mallory.id])
        #expect(victim.isWarned(.rulesChanged, detail: "group"))
    }

    @Test("with a node that shows nobody such a commit: who is led on is told that the rules are others")
    func ruleBrokenUnseen() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let (victim, mallory) = (trial.guests[0], trial.guests[1])
        var policy = try #require(trial.host.policy)
        policy.cohosts = [mallory.id]
        let group = try trial.keys(of: mallory)
        let made = try trial.commit(
            by: mallory,
            [.groupContextExtensions(group.context.extensions.with(policy.asExtension))]
        )
        let next = try #require(made.staged.next)
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        let sealed = try keys.seal(
            MLSMessage.groupInfo(try next.groupInfo(withTree: false)).encoded,
            for: .groupInfo,
            with: NativeCrypto.self,
            using: &trial.randomness
        )
        trial.node.intercept = { message, to in
            guard to == victim.id, case .group = message else { return [message] }
            return [.group(epoch: next.epoch, groupInfo: sealed.bytes, tree: next.tree.encoded)]
        }
        trial.node.interceptRequest = { request, author in
            guard author == victim.id, case .commit = request else { return request }
            trial.node.deliver(
                .welcome(NodeMessage.Welcome(isResumed: false, resume: [1], epoch: 0, sequence: 0, present: [])),
                to: author
            )
            return nil
        }
        trial.node.deliver(.commit(sequence: 0, epoch: next.epoch, commit: []), to: victim.id)
        trial.stage.run(for: .seconds(5))
        #expect(victim.isInside && victim.policy?.cohosts == [mallory.id])
        #expect(victim.isWarned(.rulesChanged))
        // Lost to the others, or silent: as the node likes it.
        let flagged = trial.time(within: .seconds(30)) {
            trial.host.isWarned(.silent, about: victim.id) || trial.host.people[victim.id] == nil
        }
        #expect(flagged != nil)
        #expect(victim.words != trial.host.words)
    }

    @Test("by adding a leaf under another's identity, or one that isn't its key's")
    func foreignCredential() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let leaf = try trial.stranger(credential: trial.host.id.credential)
        let made = try trial.commit(
            by: mallory,
            [trial.linkKeyProposal(generation: 1), .add(leaf.keyPackage)]
        )
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(of: made.commit, because: "group", from: mallory, naming: mallory.id)
    }

    @Test("by taking another's identity in a commit of their own")
    func otherCredential() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        var group = try trial.keys(of: mallory)
        var options = CommitOptions()
        let leaf = try #require(group.leafNode)
        options.member = MemberDescription(
            signatureKey: mallory.member.signatureKey,
            credential: trial.host.id.credential,
            capabilities: leaf.capabilities
        )
        let made = try group.commit(options, rules: OpenRules(), using: &trial.randomness)
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(of: made.commit, because: "group", from: mallory, naming: mallory.id)
    }

    @Test("by a key of their own in place of the link's, or besides it")
    func otherKeys() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let stranger = try trial.stranger()
        let own = PreSharedKeyID(
            source: .external(identifier: Array("mine".utf8)),
            nonce: trial.randomness.bytes(trial.suite.secretLength)
        )
        var keys = trial.linkKeys
        keys.set(external: Array("mine".utf8), Secret(trial.randomness.bytes(32)))
        var group = try trial.keys(of: mallory)
        let made = try group.commit(
            CommitOptions(proposals: [
                trial.linkKeyProposal(generation: 1), .preSharedKey(own), .add(stranger.keyPackage),
            ]),
            rules: OpenRules(),
            preSharedKeys: keys,
            using: &trial.randomness
        )
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host, preSharedKeys: keys))
        try trial.expectRefusal(of: made.commit, because: "otherPreSharedKey", from: mallory, naming: mallory.id)
    }

    @Test("by restarting the group under rules of their own")
    func reInit() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let made = try trial.commit(
            by: mallory,
            [
                .reInit(
                    ReInit(
                        groupID: [1],
                        version: .mls10,
                        cipherSuite: .x25519AES128GCM,
                        extensions: .none
                    )
                )
            ]
        )
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(of: made.commit, because: "otherProposal", from: mallory, naming: mallory.id)
    }
}
