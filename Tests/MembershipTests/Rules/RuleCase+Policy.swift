// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS
@testable import Membership

extension RuleCase {
    /// What may become of the policy, and by whom.
    static let policyTable: [RuleCase] = [
        RuleCase("a guest renews their keys", nil) { try $0.verdict(on: [], by: \.guest) },
        RuleCase("a host takes the policy away", .policyMissing) { scene in
            let rest = scene.judge.context.extensions.all.filter { $0.type != MeetingPolicy.extensionType }
            return try scene.verdict(on: [.groupContextExtensions(Extensions(rest))], by: \.host)
        },
        RuleCase("a host puts something unreadable in its place", .policyMissing) { scene in
            let broken = Extension(type: MeetingPolicy.extensionType, data: [1])
            let extensions = scene.judge.context.extensions.with(broken)
            return try scene.verdict(on: [.groupContextExtensions(extensions)], by: \.host)
        },
        RuleCase("a host makes the meeting accountable", .policyFixed) { scene in
            let policy = MeetingPolicy(
                cardHash: scene.policy.cardHash,
                hostKey: scene.policy.hostKey,
                accountable: true,
                cohosts: scene.policy.cohosts
            )
            let extensions = scene.judge.context.extensions.with(policy.asExtension)
            return try scene.verdict(on: [.groupContextExtensions(extensions)], by: \.host)
        },
        RuleCase("a host hands the meeting to another key", .policyFixed) { scene in
            let policy = MeetingPolicy(
                cardHash: scene.policy.cardHash,
                hostKey: Array(repeating: 1, count: 32),
                cohosts: scene.policy.cohosts
            )
            let extensions = scene.judge.context.extensions.with(policy.asExtension)
            return try scene.verdict(on: [.groupContextExtensions(extensions)], by: \.host)
        },
        RuleCase("a host puts another card under the meeting", .policyFixed) { scene in
            let policy = MeetingPolicy(
                cardHash: Array(repeating: 1, count: 32),
                hostKey: scene.policy.hostKey,
                cohosts: scene.policy.cohosts
            )
            let extensions = scene.judge.context.extensions.with(policy.asExtension)
            return try scene.verdict(on: [.groupContextExtensions(extensions)], by: \.host)
        },
        RuleCase("a guest locks", .policyNotByKeeper) { scene in
            try scene.verdict(on: [scene.changed { $0.locked = true }], by: \.guest)
        },
        RuleCase("a guest opens", .policyNotByKeeper, where: { $0.locked = true }) { scene in
            try scene.verdict(on: [scene.changed { $0.locked = false }], by: \.guest)
        },
        RuleCase("a guest makes themselves co-host", .policyNotByKeeper) { scene in
            let guest = scene.guest.leafNode.flatMap { ParticipantID($0) }
            return try scene.verdict(on: [scene.changed { $0.cohosts.append(guest!) }], by: \.guest)
        },
        RuleCase("a guest changes the link", .policyNotByKeeper) { scene in
            try scene.verdict(on: [scene.changed { $0.linkGeneration += 1 }], by: \.guest)
        },
        RuleCase("a guest writes the same policy again", nil) { scene in
            try scene.verdict(on: [scene.changed { _ in }], by: \.guest)
        },
        RuleCase("a co-host locks", nil) { scene in
            try scene.verdict(on: [scene.changed { $0.locked = true }], by: \.cohost)
        },
        RuleCase("a co-host closes the lobby", nil) { scene in
            try scene.verdict(on: [scene.changed { $0.lobby = true }], by: \.cohost)
        },
        RuleCase("a co-host makes co-hosts", .policyNotByHost) { scene in
            let guest = scene.guest.leafNode.flatMap { ParticipantID($0) }
            return try scene.verdict(on: [scene.changed { $0.cohosts.append(guest!) }], by: \.cohost)
        },
        RuleCase("a co-host says who admits without a host", .policyNotByHost) { scene in
            try scene.verdict(on: [scene.changed { $0.absence = .membersAdmit }], by: \.cohost)
        },
        RuleCase("a co-host says what newcomers are told", .policyNotByHost) { scene in
            try scene.verdict(on: [scene.changed { $0.history = .nothing }], by: \.cohost)
        },
        RuleCase("a host does all of that", nil) { scene in
            try scene.verdict(
                on: [
                    scene.changed {
                        $0.cohosts = []
                        $0.absence = .membersAdmit
                        $0.history = .nothing
                        $0.locked = true
                        $0.lobby = true
                    }
                ],
                by: \.host
            )
        },
        RuleCase("a host commits a policy that a guest proposed", .policyByReference) { scene in
            try scene.propose(scene.changed { $0.lobby = true }, by: \.guest)
            return try scene.verdict(on: [], by: \.host)
        },
        RuleCase("a host takes the node out of the external senders", .extensionsChanged) { scene in
            let rest = scene.judge.context.extensions.all.filter { $0.type != .externalSenders }
            return try scene.verdict(on: [.groupContextExtensions(Extensions(rest))], by: \.host)
        },
        RuleCase("a host puts another node among the external senders", .extensionsChanged) { scene in
            let senders = ExternalSenders([
                ExternalSender(
                    signatureKey: Array(repeating: 1, count: 32),
                    credential: MeetingRules<NativeCrypto>.nodeCredential
                )
            ])
            let extensions = scene.judge.context.extensions.with(senders.asExtension)
            return try scene.verdict(on: [.groupContextExtensions(extensions)], by: \.host)
        },
        RuleCase("a host requires nothing any more", .extensionsChanged) { scene in
            let extensions = scene.judge.context.extensions.with(RequiredCapabilities().asExtension)
            return try scene.verdict(on: [.groupContextExtensions(extensions)], by: \.host)
        },
        RuleCase("a co-host changes the link", nil) { scene in
            try scene.verdict(on: [scene.changed { $0.linkGeneration += 1 }], by: \.cohost)
        },
        RuleCase("a host leaves a link out", .linkGenerationStep) { scene in
            try scene.verdict(on: [scene.changed { $0.linkGeneration += 2 }], by: \.host)
        },
        RuleCase("a host goes back to an older link", .linkGenerationStep, where: { $0.linkGeneration = 5 }) { scene in
            try scene.verdict(on: [scene.changed { $0.linkGeneration -= 1 }], by: \.host)
        },
        RuleCase("a host begins links anew", .linkGenerationStep, where: { $0.linkGeneration = .max }) { scene in
            try scene.verdict(on: [scene.changed { $0.linkGeneration = 0 }], by: \.host)
        },
        RuleCase("a host starts the group over", .otherProposal) { scene in
            let reInit = ReInit(
                groupID: [9],
                version: .mls10,
                cipherSuite: scene.suite.identifier,
                extensions: .none
            )
            return try scene.verdict(on: [.reInit(reInit)], by: \.host)
        },
        RuleCase("a host commits a guest's Update", .otherProposal) { scene in
            let update = try scene.guest.proposeUpdate(rules: OpenRules(), using: &scene.randomness)
            try scene.hear(update, except: \.guest)
            return try scene.verdict(on: [], by: \.host)
        },
    ]
}
