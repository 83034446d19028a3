// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Taken in, or back at one's place: what the group is then held to, and what is said first.
extension Member {
    mutating func welcome(_ welcome: NodeMessage.Welcome, using randomness: inout some Randomness) {
        if welcome.isResumed {
            guard isResuming else { return }
            return resume(welcome, using: &randomness)
        }
        switch arrival {
        case .founding(let group): settle(group, welcome, using: &randomness)
        // A member's commit may have been faster than ours.
        case .entering(_, let group, _) where welcome.welcome.isEmpty: settle(group, welcome, using: &randomness)
        case .asked(let bundle), .atDoor(let bundle, _), .looking(let bundle), .entering(let bundle, _, _):
            guard let group = join(bundle, welcome) else { return refuseRoom() }
            guard isNoStepBack(group.context) else {
                warn(.fork, nil, "rollback")
                send(.leave)
                return finish(.interrupted, reason: Array(word: "rollback"))
            }
            settle(group, welcome, using: &randomness)
        case .idle, .inside, .over: break
        }
    }

    /// By a member's commit.
    private mutating func join(_ bundle: KeyPackageBundle, _ welcome: NodeMessage.Welcome) -> Group<Crypto>? {
        guard let link else { return nil }
        do throws(MLSRefusal) {
            guard case .welcome(let message) = try MessageIn(decoding: welcome.welcome).message else { return nil }
            guard welcome.invitation.isEmpty || accept(welcome.invitation, bundle, link),
                let generation = links.generation
            else { return nil }
            let group = try Group<Crypto>(
                message,
                bundle,
                tree: welcome.tree,
                // Only members have the link's key: nobody else can take us into a group.
                requiring: MeetingPolicy.linkKeySource(generation: generation),
                rules: MeetingRules<Crypto>(tree: nil, extensions: .none, card: link.card),
                preSharedKeys: preSharedKeys,
                limits: Member.limits
            )
            guard let policy = MeetingPolicy(group.context.extensions), isOfLink(policy),
                policy.linkGeneration == generation
            else { return nil }
            return group
        } catch {
            return nil
        }
    }

    /// The current link, from whoever lets us in by an older one.
    private mutating func accept(_ sealed: [UInt8], _ bundle: KeyPackageBundle, _ link: MeetingLink) -> Bool {
        guard let ciphertext = try? HPKECiphertext(decoding: sealed),
            let box = try? bundle.open(
                suite,
                .other("vigil invitation"),
                context: link.card.hash(with: Crypto.self),
                ciphertext
            ),
            let opened = try? link.keys.open(SealedBox(bytes: box), for: .invitation, with: Crypto.self),
            let invitation = try? Invitation(decoding: opened),
            let current = try? MeetingLink(link.card, nonce: invitation.nonce, with: Crypto.self)
        else { return false }
        self.link = current
        links.replace(by: current.keys, generation: invitation.generation)
        return true
    }

    private mutating func settle(
        _ group: Group<Crypto>,
        _ welcome: NodeMessage.Welcome,
        using randomness: inout some Randomness
    ) {
        guard let policy = MeetingPolicy(group.context.extensions) else { return refuseRoom() }
        let isNew = lastSeen == nil
        // Nobody stays in an accountable meeting who was told that it is none.
        if isNew, hosting == nil, policy.accountable, toldAccountable == false {
            send(.leave)
            return finish(.interrupted, reason: Array(word: "accountable"))
        }
        let (seenBefore, policyBefore) = (lastSeen, lastPolicy)
        arrival = .inside
        self.group = group
        lastSeen = seen(group)
        resumeToken = welcome.resume
        sequence = welcome.sequence
        settings.isReturning = true
        keysRenewed = now
        knocks = []
        newUntil = now + .seconds(30)
        connectedSince = now
        courier.beginRun(UInt32(truncatingIfNeeded: randomness.next()))
        renewRules()
        meetEverybody(in: group, policy)
        if let seenBefore { compare(policy, of: group, with: policyBefore, of: seenBefore.groupID) }
        for present in welcome.present { update(present, since: now - .seconds(15)) }
        showEpoch(policy)
        addFrameKeys()
        startSending()
        send(.ack(epoch: group.epoch))
        if isNew, startedAt != 0 { tell(.startedAt(startedAt)) }
        tell(.link(secret: links.current.secret.bytes))
        tell(.phase(3))
        showIdentity()
        for knock in welcome.knocks { hear(knock) }
        sayWhoWeAre()
        resendUnsettled()
        watch.nextHeartbeat = now + .seconds(2)
        watch.nextLook = now + Watch.lookEvery
        watch.asked = 0
        watch.askAt = people.isEmpty ? nil : now + .seconds(1)
    }

    /// What somebody who was inside before has to be told of where they are now.
    private mutating func compare(
        _ policy: MeetingPolicy,
        of group: Group<Crypto>,
        with policyBefore: MeetingPolicy?,
        of groupBefore: [UInt8]
    ) {
        if groupBefore != group.groupID {
            // Another group under the same link: a host's, after the node lost the first one, or anybody's.
            var isHosts = ownRole == .host
            for person in people where person.role == .host { isHosts = true }
            if !isHosts { warn(.rulesChanged, nil, "group") }
        } else {
            if let policyBefore, !policy.hasRules(of: policyBefore) { warn(.rulesChanged) }
            if let shunned, group.epoch > shunned { warn(.fork, nil, "refusedCommit") }
        }
        shunned = nil
    }

    private mutating func resume(_ welcome: NodeMessage.Welcome, using randomness: inout some Randomness) {
        isResuming = false
        connectedSince = now
        resumeToken = welcome.resume
        courier.beginRun(UInt32(truncatingIfNeeded: randomness.next()))
        // What we missed follows now.
        for index in people.indices { people[index].excuse(at: now) }
        for present in welcome.present { update(present, since: now - .seconds(15)) }
        for knock in welcome.knocks { hear(knock) }
        for knock in knocks where !welcome.knocks.contains(where: { $0.participant == knock.participant }) {
            forgetKnock(of: knock.participant)
        }
        if let group { send(.ack(epoch: group.epoch)) }
        sayWhoWeAre()
        resendUnsettled()
        watch.nextHeartbeat = now + .seconds(2)
        tell(.phase(3))
    }

    /// What a page that is loaded again needs.
    mutating func showIdentity() {
        var identity = MemberIdentity(
            signaturePrivateKey: signatureKey.privateKey,
            links: [links.current.secret] + links.older.map { $0.secret }
        )
        if var hosting {
            if let link, link.keys.alias == links.current.alias { hosting.nonce = link.nonce }
            self.hosting = hosting
            identity.hosting = hosting
        }
        tell(.identity(identity.encoded))
    }

    mutating func refused(_ reason: [UInt8]) {
        let isPassing = reason == Array(word: "busy") || reason == Array(word: "draining")
        if isResuming {
            isResuming = false
            // The session tries again with the same place in mind.
            if isPassing { return tell(.failed(request: Array(word: "join"), reason: reason)) }
            return resync()
        }
        if lastSeen != nil, isPassing || reason == Array(word: "notFound") {
            stepOut()
            return tell(.failed(request: Array(word: "join"), reason: reason))
        }
        finish(.refused, reason: reason)
    }
}
