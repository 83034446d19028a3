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
    mutating func stepOut() {
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
    func isNoStepBack(_ context: GroupContext) -> Bool {
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
}
