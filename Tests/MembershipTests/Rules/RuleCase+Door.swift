// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS
@testable import Membership

extension RuleCase {
    private static let closed: @Sendable (inout MeetingPolicy) -> Void = { $0.lobby = true }
    private static let locked: @Sendable (inout MeetingPolicy) -> Void = { $0.locked = true }
    private static let unkept: @Sendable (inout MeetingPolicy) -> Void = {
        $0.lobby = true
        $0.absence = .membersAdmit
    }

    /// An Add with the link's key by somebody.
    private static func adding(
        asHost: Bool = false,
        by member: RuleScene.Who
    ) -> @Sendable (inout RuleScene) throws -> RuleViolation? {
        { scene in
            let newcomer = try scene.newcomer(asHost: asHost)
            return try scene.verdict(on: [scene.linkKey(), .add(newcomer.keyPackage)], by: member)
        }
    }

    private static func entering(asHost: Bool = false) -> @Sendable (inout RuleScene) throws -> RuleViolation? {
        { scene in
            let newcomer = try scene.newcomer(asHost: asHost)
            return try scene.verdictOnEntry(of: newcomer)
        }
    }

    /// A guest comes back from outside to where they are.
    private static let returning: @Sendable (inout RuleScene) throws -> RuleViolation? = { scene in
        let node = scene.guest.leafNode!
        let again = try KeyPackageBundle(
            scene.suite,
            MemberDescription(
                signatureKey: scene.guest.signatureKey,
                credential: node.credential,
                capabilities: node.capabilities
            ),
            lifetime: Lifetime(notBefore: 0, notAfter: 1000),
            using: &scene.randomness
        )
        return try scene.verdictOnEntry(of: again, replacing: scene.guest.leaf)
    }

    /// Somebody new takes along that a guest leaves, as whoever comes from outside has to.
    private static let slippingIn: @Sendable (inout RuleScene) throws -> RuleViolation? = { scene in
        let leaving = try scene.other.propose(.selfRemove, rules: OpenRules(), using: &scene.randomness)
        try scene.hear(leaving, except: \.other)
        let newcomer = try scene.newcomer()
        return try scene.verdictOnEntry(of: newcomer, selfRemoves: [MessageIn(decoding: leaving.encoded)])
    }

    /// Who comes in, and by whom.
    static let doorTable: [RuleCase] = [
        RuleCase("through an open door: a guest adds", nil, adding(by: \.guest)),
        RuleCase("through an open door: somebody comes by themselves", nil, entering()),
        RuleCase("an open door, and somebody leaves meanwhile", nil, slippingIn),
        RuleCase("a host adds without the link's key", .linkKeyMissing) { scene in
            let newcomer = try scene.newcomer()
            return try scene.verdict(on: [.add(newcomer.keyPackage)], by: \.host)
        },
        RuleCase("somebody comes without the link's key", .linkKeyMissing) { scene in
            let newcomer = try scene.newcomer()
            return try scene.verdictOnEntry(of: newcomer, sources: [])
        },
        RuleCase("a guest comes back without the link's key", .linkKeyMissing) { scene in
            let node = scene.guest.leafNode!
            let description = MemberDescription(
                signatureKey: scene.guest.signatureKey,
                credential: node.credential,
                capabilities: node.capabilities
            )
            let join = try ExternalJoin<NativeCrypto>(
                try scene.judge.groupInfo(),
                member: description,
                replacing: scene.guest.leaf,
                rules: OpenRules(),
                using: &scene.randomness
            )
            return try scene.verdict(on: join.commit)
        },
        RuleCase("somebody comes with an older link's key", .otherPreSharedKey, where: { $0.linkGeneration = 4 }) {
            scene in
            let newcomer = try scene.newcomer()
            return try scene.verdictOnEntry(of: newcomer, sources: [MeetingPolicy.linkKeySource(generation: 3)])
        },
        RuleCase("a host adds with the next link's key", .otherPreSharedKey) { scene in
            let newcomer = try scene.newcomer()
            let source = MeetingPolicy.linkKeySource(generation: 2)
            return try scene.verdict(
                on: [scene.linkKey(source), .add(newcomer.keyPackage)],
                by: \.host,
                knowing: source
            )
        },
        RuleCase("a host mixes a key of another name in", .otherPreSharedKey) { scene in
            let source = PreSharedKeySource.external(identifier: [1])
            return try scene.verdict(on: [scene.linkKey(), scene.linkKey(source)], by: \.host, knowing: source)
        },
        RuleCase("a host commits that somebody proposes to be added", .addByReference) { scene in
            let newcomer = try scene.newcomer()
            let proposal = try ExternalProposal.proposeSelf(
                scene.suite,
                newcomer,
                groupID: scene.judge.groupID,
                epoch: scene.judge.epoch
            )
            try scene.hear(proposal)
            return try scene.verdict(on: [scene.linkKey()], by: \.host)
        },
        RuleCase("a host commits that the node proposes somebody", .addByReference) { scene in
            let newcomer = try scene.newcomer()
            let proposal = try ExternalProposal.propose(
                scene.suite,
                .add(newcomer.keyPackage),
                groupID: scene.judge.groupID,
                epoch: scene.judge.epoch,
                index: 0,
                signatureKey: scene.nodeKey
            )
            try scene.hear(proposal)
            return try scene.verdict(on: [scene.linkKey()], by: \.host)
        },
        RuleCase("a host commits an Add of a guest", .addByReference) { scene in
            let newcomer = try scene.newcomer()
            try scene.propose(.add(newcomer.keyPackage), by: \.guest)
            return try scene.verdict(on: [scene.linkKey()], by: \.host)
        },
        RuleCase("a locked meeting: a host adds a guest", .locked, where: locked, adding(by: \.host)),
        RuleCase("a locked meeting: somebody comes", .locked, where: locked, entering()),
        RuleCase("a locked meeting: somebody comes while another leaves", .locked, where: locked, slippingIn),
        RuleCase("a locked meeting: a host comes", nil, where: locked, entering(asHost: true)),
        RuleCase("a locked meeting: a guest adds a host", nil, where: locked, adding(asHost: true, by: \.guest)),
        RuleCase("a locked meeting: a guest comes back", nil, where: locked, returning),
        RuleCase("a lobby: a guest adds", .lobby, where: closed, adding(by: \.guest)),
        RuleCase("a lobby: a guest adds a host", .lobby, where: closed, adding(asHost: true, by: \.guest)),
        RuleCase("a lobby: somebody comes", .lobby, where: closed, entering()),
        RuleCase("a lobby: somebody comes while another leaves", .lobby, where: closed, slippingIn),
        RuleCase("a lobby: a co-host adds", nil, where: closed, adding(by: \.cohost)),
        RuleCase("a lobby: a host adds", nil, where: closed, adding(by: \.host)),
        RuleCase("a lobby: a host comes", nil, where: closed, entering(asHost: true)),
        RuleCase("a lobby: a guest comes back", nil, where: closed, returning),
        RuleCase("members admit without a host: a host is here", .lobby, where: unkept, adding(by: \.guest)),
        RuleCase("members admit without a host", nil, where: unkept, withKeepers: false, adding(by: \.guest)),
        RuleCase("members admit, but nobody admits themselves", .lobby, where: unkept, withKeepers: false, entering()),
        RuleCase("people wait without a host", .lobby, where: closed, withKeepers: false, adding(by: \.guest)),
    ]
}
