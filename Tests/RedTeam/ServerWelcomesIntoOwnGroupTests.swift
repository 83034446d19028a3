// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// The server knows a meeting's policy, card's hash and host key, since the group context is in the clear for it. With
/// those it can found a group that looks like the meeting and welcome a newcomer into it, unless the link's key shows.
@Suite("The server welcomes a newcomer into a group of its own")
struct ServerWelcomesIntoOwnGroupTests {
    /// A group of the node's own that says of itself what the meeting says, and a Welcome into it.
    private func forgedWelcome(
        _ trial: Trial,
        for keyPackage: KeyPackage,
        key: PreSharedKeys?,
        invitation: [UInt8] = []
    ) throws -> NodeMessage {
        let spy = try trial.stranger()
        let real = try #require(trial.node.room?.group)
        let policy = try #require(MeetingPolicy(real.context.extensions))
        var group = try NativeGroup(
            trial.suite,
            groupID: real.groupID,
            member: spy.member,
            lifetime: spy.lifetime,
            extensions: real.context.extensions,
            rules: OpenRules(),
            using: &trial.randomness
        )
        var proposals: [Proposal] = [.add(keyPackage)]
        if key != nil { proposals.append(trial.linkKeyProposal(generation: policy.linkGeneration)) }
        let made = try group.commit(
            CommitOptions(proposals: proposals),
            rules: OpenRules(),
            preSharedKeys: key ?? .none,
            using: &trial.randomness
        )
        return .welcome(
            NodeMessage.Welcome(
                isResumed: false,
                resume: Array("token".utf8),
                epoch: 1,
                sequence: 0,
                present: [],
                welcome: try #require(made.welcome).encoded,
                tree: try #require(made.staged.next).tree.encoded,
                invitation: invitation
            )
        )
    }

    /// Answers the next knock with what is made of its key package; gives the key package's bundle as the knocker holds it.
    private func answerKnock(_ trial: Trial, _ make: @escaping (KeyPackage) throws -> NodeMessage) {
        trial.node.interceptRequest = { request, participant in
            guard case .knock = request, let keyPackage = trial.node.keyPackages[participant] else { return request }
            if let forged = try? make(keyPackage) { trial.node.deliver(forged, to: participant) }
            return nil
        }
    }

    @Test("without the link's key: the newcomer says that it isn't the link's meeting")
    func withoutKey() throws {
        let trial = try Trial()
        trial.expectPeace()
        // A client that doesn't ask for the key would go in.
        let plain = try trial.stranger()
        guard case .welcome(let forged) = try forgedWelcome(trial, for: plain.keyPackage, key: nil),
            case .welcome(let message) = try MessageIn(decoding: forged.welcome).message
        else {
            Issue.record("no Welcome was made")
            return
        }
        let fooled = try NativeGroup(message, plain, tree: forged.tree, rules: OpenRules())
        #expect(MeetingPolicy(fooled.context.extensions) == trial.host.policy)

        answerKnock(trial) { try self.forgedWelcome(trial, for: $0, key: nil) }
        let late = try trial.stage.guest("Late", by: trial.link)
        #expect(!late.isInside)
        #expect(late.ending?.ending == .foreignRoom)
        #expect(late.warningKinds == [.foreignCard])
        #expect(late.frames.allSatisfy { if case .forget = $0 { true } else { false } })
    }

    @Test("with a made-up key under the link's name")
    func withWrongKey() throws {
        let trial = try Trial()
        var key = PreSharedKeys()
        key.set(external: Array("vigil link".utf8) + UInt32(1).encoded, Secret(trial.randomness.bytes(32)))
        answerKnock(trial) { try self.forgedWelcome(trial, for: $0, key: key) }
        let late = try trial.stage.guest("Late", by: trial.link)
        #expect(late.ending?.ending == .foreignRoom)
        #expect(late.warningKinds == [.foreignCard])
    }

    @Test("by a forged invitation to a link of its own, for whoever knocks with an older one")
    func forgedInvitation() throws {
        let trial = try Trial()
        let old = try trial.link
        trial.stage.ask(trial.host, .resetLink)
        // What the real ones look like: a knock by the old link, let in by the host.
        let real = try trial.stage.guest("Real", by: old)
        trial.stage.ask(trial.host, .admit(real.id))
        #expect(real.isInside && real.linkSecret?.bytes == trial.host.linkSecret?.bytes)

        let nonce = trial.randomness.bytes(32)
        let own = LinkSecret(
            card: trial.randomness.bytes(40),
            nonce: nonce,
            with: NativeCrypto.self
        )
        let key = try trial.keys(of: own, generation: 2)
        let cardHash = try #require(trial.host.policy).cardHash
        answerKnock(trial) { keyPackage in
            let sealed = try trial.suite.encryptWithLabel(
                to: keyPackage.initKey,
                .other("vigil invitation"),
                context: cardHash,
                plaintext: Invitation(generation: 2, nonce: nonce).encoded,
                using: &trial.randomness
            )
            return try self.forgedWelcome(trial, for: keyPackage, key: key, invitation: sealed.encoded)
        }
        let late = try trial.stage.guest("Late", by: old)
        #expect(!late.isInside)
        #expect(late.ending?.ending == .foreignRoom)
        #expect(late.warningKinds == [.foreignCard])
    }
}
