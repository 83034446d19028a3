// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// From the open socket to the meeting.
extension Member {
    mutating func open(using randomness: inout some Randomness) {
        isConnected = true
        if case .inside = arrival, !resumeToken.isEmpty {
            isResuming = true
            send(
                .join(
                    alias: links.current.alias.letters,
                    keyPackage: keyPackageMessage,
                    create: false,
                    resume: resumeToken,
                    since: sequence
                )
            )
            return
        }
        guard let bundle = makeKeyPackage(using: &randomness) else { return finish(.interrupted) }
        keyPackageMessage = MLSMessage.keyPackage(bundle.keyPackage).encoded
        arrival = .asked(bundle)
        tell(.own(own))
        if lastSeen == nil { tell(.phase(0)) }
        send(
            .join(
                alias: links.current.alias.letters,
                keyPackage: keyPackageMessage,
                create: hosting != nil,
                resume: [],
                since: 0
            )
        )
    }

    mutating func close() {
        isConnected = false
        isResuming = false
        switch arrival {
        case .inside, .over: break
        default: arrival = .idle
        }
    }

    /// Out of step with the others: come in anew, at the same place.
    mutating func resync() {
        stepOut()
        send(.reconnect)
    }

    /// Lets go of the group, but not of what is needed to come back to it.
    private mutating func stepOut() {
        guard let group else { return arrival = .idle }
        lastSeen = seen(group)
        self.group = nil
        former = nil
        left = []
        inFlight = nil
        outpaced = nil
        if refused?.isAgainstRules == true { shunned = group.epoch }
        refused = nil
        failShortCode()
        resumeToken = []
        switchesAt = nil
        settings.isReturning = true
        arrival = .idle
        outputs.append(.frames(.forget))
    }

    /// Where we were, so that nobody brings us back to before it.
    func seen(_ group: Group<Crypto>) -> (groupID: [UInt8], epoch: UInt64, transcriptHash: [UInt8]) {
        (group.groupID, group.epoch, group.context.confirmedTranscriptHash)
    }

    private func makeKeyPackage(using randomness: inout some Randomness) -> KeyPackageBundle? {
        var extensions = Extensions.none
        if let hosting,
            let proof = try? HostProof(
                signatureKey: signatureKey.publicKey,
                cardHash: hosting.card.hash(with: Crypto.self),
                hostPrivateKey: hosting.hostPrivateKey,
                with: Crypto.self
            )
        {
            extensions = extensions.with(proof.asExtension)
        }
        let description = MemberDescription(
            signatureKey: signatureKey,
            credential: own.credential,
            capabilities: Capabilities(
                cipherSuites: [suite.identifier],
                extensions: [MeetingPolicy.extensionType, HostProof.extensionType]
            ),
            extensions: extensions
        )
        let seconds = clock / 1000
        let day: UInt64 = 24 * 3600
        return try? KeyPackageBundle(
            suite,
            description,
            // Clocks may be a day apart.
            lifetime: Lifetime(notBefore: seconds < day ? 0 : seconds - day, notAfter: seconds + day),
            using: &randomness
        )
    }

    // MARK: the door

    mutating func see(_ door: NodeMessage.Door, using randomness: inout some Randomness) {
        guard case .asked(let bundle) = arrival else { return }
        do throws(LinkRefusal) {
            link = try MeetingLink(
                links.current.secret,
                sealedCard: SealedBox(bytes: door.card),
                with: Crypto.self
            )
        } catch {
            return refuseRoom()
        }
        if door.isCurrent { links.generation = door.generation }
        if let card = link?.card, lastSeen == nil {
            toldAccountable = door.accountable
            tell(
                .policy(
                    MeetingPolicy(
                        cardHash: card.hash(with: Crypto.self),
                        hostKey: card.hostKey,
                        accountable: door.accountable,
                        lobby: door.lobby,
                        locked: door.locked
                    )
                )
            )
        }
        if door.isCurrent, hosting != nil || settings.isReturning {
            look(with: bundle)
        } else {
            let isOpen = door.isCurrent && !door.lobby && !door.locked
            knock(bundle, enterAt: isOpen ? now + .seconds(2) : nil, using: &randomness)
            if !isOpen { tell(.phase(door.hostPresent ? 1 : 2)) }
        }
    }

    /// What the node has isn't what the link leads to.
    mutating func refuseRoom() {
        warn(.foreignCard)
        send(.leave)
        finish(.foreignRoom)
    }

    mutating func knock(_ bundle: KeyPackageBundle, enterAt: Moment?, using randomness: inout some Randomness) {
        guard let statement = makeStatement() else { return }
        let knock = Knock(keyPackage: bundle.keyPackage, statement: statement)
        guard
            let sealed = try? links.current.seal(
                knock.encoded,
                for: .knock,
                with: Crypto.self,
                using: &randomness
            )
        else { return }
        arrival = .atDoor(bundle, enterAt: enterAt)
        send(.knock(sealed.bytes))
    }

    mutating func wait(hostPresent: Bool) {
        guard case .atDoor(_, let enterAt) = arrival, enterAt == nil else { return }
        tell(.phase(hostPresent ? 1 : 2))
    }

    mutating func look(with bundle: KeyPackageBundle) {
        arrival = .looking(bundle)
        send(.look)
    }

    // MARK: founding

    mutating func found(nodeKey: [UInt8], using randomness: inout some Randomness) {
        guard case .asked(let bundle) = arrival, let hosting else { return }
        do throws(MLSRefusal) {
            let link = try crypto { () throws(CryptoRefusal) in
                try MeetingLink(hosting.card, nonce: hosting.nonce, with: Crypto.self)
            }
            self.link = link
            let policy = foundingPolicy(link.card)
            let senders = ExternalSenders([
                ExternalSender(signatureKey: nodeKey, credential: MeetingRules<Crypto>.nodeCredential)
            ])
            let extensions = Extensions.none
                .with(
                    RequiredCapabilities(
                        extensions: [MeetingPolicy.extensionType],
                        proposals: [.selfRemove]
                    ).asExtension
                )
                .with(senders.asExtension)
                .with(policy.asExtension)
            links.replace(by: link.keys, generation: policy.linkGeneration)
            let group = try Group<Crypto>(
                suite,
                groupID: randomness.bytes(16),
                member: bundle.member,
                lifetime: bundle.lifetime,
                extensions: extensions,
                rules: MeetingRules<Crypto>(tree: nil, extensions: extensions, card: link.card),
                limits: Member.limits,
                using: &randomness
            )
            let info = try group.groupInfo(withTree: false, withExternalPub: false)
            arrival = .founding(group)
            startedAt = clock
            send(
                .found(
                    groupInfo: MLSMessage.groupInfo(info).encoded,
                    tree: group.tree.encoded,
                    sealedGroupInfo: try sealedGroupInfo(of: group, under: link.keys, using: &randomness),
                    card: try crypto { () throws(CryptoRefusal) in
                        try link.sealedCard(with: Crypto.self, using: &randomness).bytes
                    }
                )
            )
        } catch {
            finish(.interrupted)
        }
    }

    /// As the person chose. A node that lost the room gets the rules that were in force last; who was inside can't pass a
    /// locked door into another group, so a host looks at each of them instead.
    private func foundingPolicy(_ card: Card) -> MeetingPolicy {
        if var policy = lastPolicy {
            policy.lobby = policy.lobby || policy.locked
            policy.locked = false
            return policy
        }
        return MeetingPolicy(
            cardHash: card.hash(with: Crypto.self),
            hostKey: card.hostKey,
            accountable: settings.accountable,
            lobby: settings.lobby,
            absence: settings.absence,
            history: settings.history
        )
    }

    /// For those who come in by a commit of their own.
    func sealedGroupInfo(
        of group: Group<Crypto>,
        under keys: LinkKeys,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> [UInt8] {
        let info = try group.groupInfo(withTree: false, withExternalPub: true)
        do throws(CryptoRefusal) {
            let plaintext = MLSMessage.groupInfo(info).encoded
            return try keys.seal(plaintext, for: .groupInfo, with: Crypto.self, using: &randomness).bytes
        } catch {
            throw .crypto(error)
        }
    }

    /// Messages may be as late as a few epochs when many come in at once; they are forgotten after ten seconds all the same.
    static var limits: GroupLimits { GroupLimits(pastEpochs: 16) }

    // MARK: coming in by oneself

    mutating func enter(groupInfo: [UInt8], tree: [UInt8], using randomness: inout some Randomness) {
        guard case .looking(let bundle) = arrival, let link else { return }
        let info: GroupInfo
        let ratchetTree: RatchetTree
        do throws(MLSRefusal) {
            let message = try crypto { () throws(CryptoRefusal) in
                try links.current.open(SealedBox(bytes: groupInfo), for: .groupInfo, with: Crypto.self)
            }
            guard case .groupInfo(let opened) = try MessageIn(decoding: message).message else { return refuseRoom() }
            info = opened
            ratchetTree = try RatchetTree(decoding: tree)
        } catch {
            // Somebody may have left a broken one: who is inside can still take us in.
            return knock(bundle, enterAt: nil, using: &randomness)
        }
        guard let policy = MeetingPolicy(info.context.extensions), isOfLink(policy) else { return refuseRoom() }
        guard isNoStepBack(info.context) else {
            warn(.fork, nil, "rollback")
            send(.leave)
            return finish(.interrupted, reason: Array(word: "rollback"))
        }
        links.generation = policy.linkGeneration
        var replacing: LeafIndex?
        for (leaf, node) in ratchetTree.members where node.signatureKey == signatureKey.publicKey { replacing = leaf }
        do throws(MLSRefusal) {
            let join = try ExternalJoin<Crypto>(
                info,
                tree: tree,
                member: bundle.member,
                replacing: replacing,
                sources: [policy.linkKeySource],
                preSharedKeys: preSharedKeys,
                rules: MeetingRules<Crypto>(
                    tree: ratchetTree,
                    extensions: info.context.extensions,
                    card: link.card
                ),
                limits: Member.limits,
                using: &randomness
            )
            let request = nextRequest()
            arrival = .entering(bundle, join.group, request: request)
            send(
                .commit(
                    NodeRequest.Commit(
                        request: request,
                        epoch: info.context.epoch,
                        commit: join.commit.encoded,
                        welcome: [],
                        groupInfo: try sealedGroupInfo(of: join.group, under: links.current, using: &randomness),
                        link: nil,
                        invitations: []
                    )
                )
            )
        } catch {
            // The door is closed to who comes by themselves.
            knock(bundle, enterAt: nil, using: &randomness)
        }
    }

    /// The node refused our own commit.
    mutating func entryFailed(_ bundle: KeyPackageBundle, code: [UInt8], using randomness: inout some Randomness) {
        guard code == Array(word: "stale") else { return knock(bundle, enterAt: nil, using: &randomness) }
        // Somebody was faster. Not all at once, if there are many.
        arrival = .atDoor(bundle, enterAt: now + .milliseconds(100 + Int64(own.rawValue % 256)))
    }

    func isOfLink(_ policy: MeetingPolicy) -> Bool {
        guard let card = link?.card else { return false }
        return policy.cardHash == card.hash(with: Crypto.self) && policy.hostKey == card.hostKey
    }

    /// Of the same group nothing older than what we have seen, and nothing else in its place.
    private func isNoStepBack(_ context: GroupContext) -> Bool {
        guard let lastSeen, lastSeen.groupID == context.groupID else { return true }
        if context.epoch == lastSeen.epoch { return context.confirmedTranscriptHash == lastSeen.transcriptHash }
        return context.epoch > lastSeen.epoch
    }

    var preSharedKeys: PreSharedKeys {
        var keys = PreSharedKeys()
        guard let generation = links.generation else { return keys }
        if case .external(let identifier) = MeetingPolicy.linkKeySource(generation: generation) {
            keys.set(external: identifier, links.current.preSharedKey)
        }
        return keys
    }

    // MARK: inside

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
