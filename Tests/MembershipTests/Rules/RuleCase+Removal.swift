// SPDX-License-Identifier: Apache-2.0

import Base

@testable import MLS
@testable import Membership

extension RuleCase {
    private static func removing(
        _ target: RuleScene.Who,
        turningLink: Bool = true,
        by member: RuleScene.Who
    ) -> @Sendable (inout RuleScene) throws -> RuleViolation? {
        { scene in
            var proposals = [Proposal.remove(scene[keyPath: target].leaf)]
            if turningLink { proposals.append(scene.changed { $0.linkGeneration += 1 }) }
            return try scene.verdict(on: proposals, by: member)
        }
    }

    /// Who goes, and by whom.
    static let removalTable: [RuleCase] = [
        RuleCase("a host removes a guest", nil, removing(\.other, by: \.host)),
        RuleCase("a host removes a co-host", nil, removing(\.cohost, by: \.host)),
        RuleCase("a co-host removes a guest", nil, removing(\.other, by: \.cohost)),
        RuleCase("a co-host removes a host", .removeNotAllowed, removing(\.host, by: \.cohost)),
        RuleCase("a guest removes a guest", .removeNotAllowed, removing(\.other, turningLink: false, by: \.guest)),
        RuleCase("a guest removes a host", .removeNotAllowed, removing(\.host, turningLink: false, by: \.guest)),
        RuleCase("a co-host removes a co-host", .removeNotAllowed) { scene in
            let other = scene.other.leafNode.flatMap { ParticipantID($0) }!
            let promotion = try scene.host.commit(
                CommitOptions(proposals: [scene.changed { $0.cohosts.append(other) }]),
                rules: OpenRules(),
                using: &scene.randomness
            )
            for member in [\RuleScene.cohost, \.guest, \.other, \.judge] {
                guard
                    case .commit(let staged) = try scene[keyPath: member].receive(
                        promotion.commit.encoded,
                        rules: OpenRules()
                    )
                else { continue }
                try scene[keyPath: member].adopt(staged)
            }
            return try scene.verdict(
                on: [.remove(scene.other.leaf), scene.changed { $0.linkGeneration += 1 }],
                by: \.cohost
            )
        },
        RuleCase(
            "a host removes and leaves the link",
            .linkNotRotated,
            removing(\.other, turningLink: false, by: \.host)
        ),
        RuleCase("a host commits a guest's Remove", .removeByReference) { scene in
            try scene.propose(.remove(scene.other.leaf), by: \.guest)
            return try scene.verdict(on: [], by: \.host)
        },
        RuleCase("a guest commits a host's Remove", .removeByReference) { scene in
            try scene.propose(.remove(scene.other.leaf), by: \.host)
            return try scene.verdict(on: [], by: \.guest)
        },
        RuleCase("a guest commits the node's Remove of somebody lost", nil) { scene in
            let proposal = try ExternalProposal.propose(
                scene.suite,
                .remove(scene.other.leaf),
                groupID: scene.judge.groupID,
                epoch: scene.judge.epoch,
                index: 0,
                signatureKey: scene.nodeKey
            )
            try scene.hear(proposal)
            return try scene.verdict(on: [], by: \.guest)
        },
        RuleCase("a guest commits that another leaves", nil) { scene in
            try scene.propose(.selfRemove, by: \.other)
            return try scene.verdict(on: [], by: \.guest)
        },
    ]
}
