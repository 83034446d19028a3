// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// What this person wants of the group, and what falls to everybody.
extension Member {
    /// Together in one commit what comes within this time.
    private static var batch: Interval { .milliseconds(250) }
    /// How long the next in line waits for the one before.
    private static var succession: Interval { .milliseconds(400) }
    private static var oldestEpoch: Interval { .seconds(5 * 60) }
    /// Newcomers in one commit.
    private static var batchSize: Int { 64 }
    /// Knocks that are kept.
    private static var mostKnocks: Int { 512 }

    // MARK: the door

    mutating func hear(_ sealed: NodeMessage.SealedKnock) {
        guard case .inside = arrival, let alias = MeetingID(letters: sealed.alias), let keys = links[alias],
            let opened = try? keys.open(SealedBox(bytes: sealed.knock), for: .knock, with: Crypto.self),
            let knock = try? Knock(decoding: opened),
            sealed.participant == ParticipantID(signatureKey: knock.statement.signatureKey, with: Crypto.self)
        else { return }
        var waiting = WaitingKnock(participant: sealed.participant, knock: knock, alias: keys.alias)
        if let index = knocks.firstIndex(where: { $0.participant == sealed.participant }) {
            // The same person again, if it is. What was decided stays decided, unless they call themselves something else now.
            waiting.isSound = isSound(knock)
            guard waiting.isSound else { return }
            let before = knocks.remove(at: index)
            if before.knock.statement.name == knock.statement.name {
                waiting.admittedAt = before.admittedAt
                waiting.isShown = before.isShown
            }
        }
        guard knocks.count < Self.mostKnocks else { return }
        knocks.append(waiting)
        showKnocks()
    }

    /// Drops those of these knocks that aren't signed by who comes. Only who shows or commits a knock asks, and once: in a crowd
    /// most members do neither.
    private mutating func dropUnsound(comingInAnyway: Bool) {
        for index in knocks.indices.reversed()
        where !knocks[index].isSound && comesInAnyway(knocks[index]) == comingInAnyway {
            knocks[index].isSound = isSound(knocks[index].knock)
            if !knocks[index].isSound { knocks.remove(at: index) }
        }
    }

    private func isSound(_ knock: Knock) -> Bool {
        guard let group, let cardHash = link?.card.hash(with: Crypto.self),
            case .keyPackage(let lifetime) = knock.keyPackage.leafNode.source, lifetime.contains(clock / 1000),
            (try? knock.keyPackage.verify(suite, under: group.context.extensions, rules: rules)) != nil
        else { return false }
        return knock.statement.isValid(cardHash: cardHash, suite)
    }

    mutating func forgetKnock(of participant: ParticipantID) {
        guard let index = knocks.firstIndex(where: { $0.participant == participant }) else { return }
        if knocks.remove(at: index).isShown { tell(.knockGone(participant)) }
    }

    /// Tells the person of those whom they may let in, and who don't come in by themselves.
    mutating func showKnocks() {
        let mayAdmit = mayAdmit
        if mayAdmit { dropUnsound(comingInAnyway: false) }
        for index in knocks.indices {
            let isTheirs = mayAdmit && !comesInAnyway(knocks[index])
            guard knocks[index].isShown != isTheirs else { continue }
            knocks[index].isShown = isTheirs
            let participant = knocks[index].participant
            guard isTheirs else {
                tell(.knockGone(participant))
                continue
            }
            let isOld = knocks[index].alias != links.current.alias
            tell(.knock(participant, name: knocks[index].knock.statement.name, byOldLink: isOld))
        }
    }

    /// Whether somebody may be let in by this member's commit.
    private var mayAdmit: Bool {
        guard let policy else { return false }
        return ownRole.isKeeper || (!rules.isKept && policy.absence == .membersAdmit)
    }

    var policy: MeetingPolicy? { group == nil ? nil : lastPolicy }

    /// Through an open door, by the current link.
    private func comesInAnyway(_ knock: WaitingKnock) -> Bool {
        guard let policy else { return false }
        return knock.alias == links.current.alias && !policy.lobby && !policy.locked
    }

    // MARK: the person's wishes

    mutating func follow(_ input: MemberInput, using randomness: inout some Randomness) {
        if case .leave = input { return leave(using: &randomness) }
        switch input {
        case .state(let flags):
            guard settings.flags != flags else { return }
            settings.flags = flags
            return announce()
        case .rename(let name):
            settings.name = Statement.fitting(name)
            return announce()
        default: break
        }
        guard case .inside = arrival else { return }
        switch input {
        case .say(let id, let text, let to): say(id: id, text, to: to, using: &randomness)
        case .react(let reaction):
            guard reaction.count <= MeetingMessage.longestReaction else { return fail("reaction", "malformed") }
            // To ourselves at once: our own messages don't come back.
            tell(.reaction(own, reaction))
            post(.reaction(reaction))
        case .admit(let participant): admit(participant)
        case .admitAll: for knock in knocks where knock.isShown { admit(knock.participant) }
        case .deny(let participant):
            guard ownRole.isKeeper else { return fail("deny", "notAllowed") }
            forgetKnock(of: participant)
            send(.deny(participant))
        case .mute(let participant): act(.mute, on: participant)
        case .muteAll: act(.muteAll, on: nil)
        case .lowerHand(let participant): act(.lowerHand, on: participant)
        case .remove(let participant):
            guard let index = index(of: participant), maySubdue(people[index].role) else {
                return fail("remove", "notAllowed")
            }
            if !intents.removals.contains(participant) { intents.removals.append(participant) }
        case .lock(let locked): want(.lock(locked))
        case .lobby(let lobby): want(.lobby(lobby))
        case .absence(let absence): want(.absence(absence), needs: .host)
        case .history(let history): want(.history(history), needs: .host)
        case .cohost(let participant, let isCohost):
            guard let index = index(of: participant), people[index].role != .host else {
                return fail("role", "notAllowed")
            }
            want(.cohost(participant, isCohost), needs: .host)
        case .resetLink: want(.resetLink)
        case .compare: startShortCode(using: &randomness)
        case .end: end(using: &randomness)
        default: break
        }
    }

    private mutating func announce() {
        guard case .inside = arrival else { return }
        showOwn()
        sayWhoWeAre()
    }

    mutating func fail(_ request: StaticString, _ reason: StaticString) {
        tell(.failed(request: request.bytes, reason: reason.bytes))
    }

    func maySubdue(_ role: Role) -> Bool {
        ownRole == .host || (ownRole == .cohost && role == .guest)
    }

    private mutating func want(_ edit: Intents.Edit, needs role: Role = .cohost) {
        guard ownRole.rawValue >= role.rawValue else { return fail("policy", "notAllowed") }
        intents.edits.append(edit)
    }

    private mutating func admit(_ participant: ParticipantID) {
        guard mayAdmit else { return fail("admit", "notAllowed") }
        guard let policy, let index = knocks.firstIndex(where: { $0.participant == participant }) else { return }
        guard !policy.locked || isHost(knocks[index], under: policy) else { return fail("admit", "locked") }
        if knocks[index].admittedAt == nil { knocks[index].admittedAt = now }
    }

    private func isHost(_ knock: WaitingKnock, under policy: MeetingPolicy) -> Bool {
        Role(knock.knock.keyPackage.leafNode, under: policy, with: Crypto.self) == .host
    }

    private mutating func leave(using randomness: inout some Randomness) {
        if case .inside = arrival, isConnected, var group,
            let proposal = try? group.propose(.selfRemove, rules: rules, using: &randomness)
        {
            send(.propose(proposal.encoded))
        }
        send(.leave)
        finish(.left)
    }

    private mutating func end(using randomness: inout some Randomness) {
        guard ownRole == .host else { return fail("end", "notAllowed") }
        guard isConnected, !isResuming else { return fail("end", "notConnected") }
        // Nothing is sent after it, so what waits for a commit needn't hold it up (RFC 9420 §12.4).
        group?.discardProposals()
        deliver(.hostAct(HostAct(.end)), to: nil, chatID: nil, using: &randomness)
        send(.end)
        finish(.ended, by: own)
    }

    // MARK: when

    /// Notes since when something waits that is everybody's duty.
    mutating func noticeDuty() {
        let isDue = !dutifulAdds.isEmpty || hasProposals
        if !isDue { dutySince = nil } else if dutySince == nil { dutySince = now }
    }

    private var dutifulAdds: [WaitingKnock] {
        knocks.filter { comesInAnyway($0) && index(of: $0.participant) == nil }
    }

    /// Proposals that we can commit: not one to remove ourselves.
    private var hasProposals: Bool {
        guard let group else { return false }
        for reference in group.shared.proposals.order {
            guard let entry = group.shared.proposals[reference] else { continue }
            if case .remove(let leaf) = entry.proposal, leaf == group.leaf { continue }
            return true
        }
        return false
    }

    /// When our next commit is due; `nil` if nothing calls for one, or one is on its way.
    var commitDue: Moment? {
        guard case .inside = arrival, let group, inFlight == nil else { return nil }
        var due: Moment?
        func consider(_ moment: Moment) { due = due.map { min($0, moment) } ?? moment }
        if !intents.isEmpty { consider(now) }
        if let policy {
            // Whoever came by an open door is everybody's duty, below.
            for knock in newcomers(under: policy) {
                if let admittedAt = knock.admittedAt { consider(admittedAt + Self.batch) }
            }
        }
        let jitter = Interval.milliseconds(Int64(own.rawValue % 64))
        if let dutySince {
            let rank = rank()
            consider(dutySince + Self.batch + Self.succession * rank + (rank == 0 ? .zero : jitter))
        }
        // Not always by the same member, whose old keys would otherwise stay in the tree.
        consider(keysRenewed + Self.oldestEpoch + .seconds(5) * rank(turn: group.epoch))
        if let commitsFrom, let wanted = due { due = max(wanted, commitsFrom) }
        return due
    }

    // MARK: the commit

    mutating func makeCommit(using randomness: inout some Randomness) {
        guard let policy, let link else { return }
        dutySince = nil
        dropUnsound(comingInAnyway: true)
        guard var group else { return }
        var doing = intents
        doing.removals.removeAll { index(of: $0) == nil }
        let wanted = doing.applied(to: policy)
        var options = CommitOptions()
        options.treeInWelcome = false
        if wanted != policy {
            let extensions = group.context.extensions.with(wanted.asExtension)
            options.proposals.append(.groupContextExtensions(extensions))
        }
        for participant in doing.removals {
            if let index = index(of: participant) { options.proposals.append(.remove(people[index].leaf)) }
        }
        let rotates = wanted.linkGeneration != policy.linkGeneration
        let isOld = keysRenewed + Self.oldestEpoch <= now
        var adding = rotates ? [] : newcomers(under: policy)
        if isCautious { adding = options.proposals.isEmpty ? Array(adding.prefix(1)) : [] }
        if !adding.isEmpty {
            let identifier = PreSharedKeyID(
                source: policy.linkKeySource,
                nonce: randomness.bytes(suite.secretLength)
            )
            options.proposals.append(.preSharedKey(identifier))
            for knock in adding { options.proposals.append(.add(knock.knock.keyPackage)) }
            // Newcomers' leaves would each need a ciphertext; paths follow when nobody comes.
            options.withPath = isOld
        }
        if options.proposals.isEmpty, !hasProposals, !isOld {
            // All of it has been done by somebody else.
            intents = Intents()
            return
        }
        do throws(MLSRefusal) {
            let bundle = try group.commit(options, rules: rules, preSharedKeys: preSharedKeys, using: &randomness)
            guard let next = bundle.staged.next else { throw .nothingStaged }
            var keys = links.current
            var change: (alias: [UInt8], card: [UInt8])?
            if rotates {
                guard let turned = Self.nextLink(after: link, in: next),
                    let card = try? turned.sealedCard(with: Crypto.self, using: &randomness)
                else { throw .nothingStaged }
                keys = turned.keys
                change = (keys.alias.letters, card.bytes)
            }
            let request = nextRequest()
            let commit = bundle.commit.encoded
            self.group = group
            inFlight = CommitInFlight(
                request: request,
                commit: commit,
                staged: bundle.staged,
                intents: doing,
                admitted: adding.map { $0.participant },
                givenUpAt: now + .seconds(5)
            )
            send(
                .commit(
                    NodeRequest.Commit(
                        request: request,
                        epoch: group.epoch,
                        commit: commit,
                        welcome: bundle.welcome?.encoded ?? [],
                        groupInfo: try sealedGroupInfo(of: next, under: keys, using: &randomness),
                        link: change,
                        invitations: try invitations(adding, using: &randomness)
                    )
                )
            )
        } catch {
            commitsFrom = now + .seconds(1)
            // Something in it can't be committed, and the rest shall not suffer for it: each alone, from now on.
            guard isCautious || adding.isEmpty else { return isCautious = true }
            if adding.isEmpty { intents = Intents() }
            for knock in adding { forgetKnock(of: knock.participant) }
            fail("commit", "group")
        }
    }

    /// Whom the next commit takes in.
    private func newcomers(under policy: MeetingPolicy) -> [WaitingKnock] {
        var taken: [WaitingKnock] = []
        for knock in knocks where index(of: knock.participant) == nil && taken.count < Self.batchSize {
            let isAdmitted = knock.admittedAt != nil && mayAdmit
            guard comesInAnyway(knock) || isAdmitted, !policy.locked || isHost(knock, under: policy) else { continue }
            taken.append(knock)
        }
        return taken
    }

    private func invitations(
        _ adding: [WaitingKnock],
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> [(participant: ParticipantID, invitation: [UInt8])] {
        guard let link, let policy else { return [] }
        var invitations: [(participant: ParticipantID, invitation: [UInt8])] = []
        let invitation = Invitation(generation: policy.linkGeneration, nonce: link.nonce)
        for knock in adding where knock.alias != links.current.alias {
            guard let older = links[knock.alias],
                let box = try? older.seal(
                    invitation.encoded,
                    for: .invitation,
                    with: Crypto.self,
                    using: &randomness
                )
            else { throw .nothingStaged }
            let sealed = try suite.encryptWithLabel(
                to: knock.knock.keyPackage.initKey,
                .other("vigil invitation"),
                context: link.card.hash(with: Crypto.self),
                plaintext: box.bytes,
                using: &randomness
            )
            invitations.append((knock.participant, sealed.encoded))
        }
        return invitations
    }

    /// The node didn't do what we asked.
    mutating func failed(
        _ code: [UInt8],
        _ request: UInt32,
        _ detail: [UInt8],
        using randomness: inout some Randomness
    ) {
        if case .entering(let bundle, _, let entry) = arrival, entry == request {
            return entryFailed(bundle, code: code, using: &randomness)
        }
        let isStale = code == Array(word: "stale")
        let isPassing = isStale || code == Array(word: "rate")
        if let inFlight, inFlight.request == request {
            self.inFlight = nil
            // Stale: another one was first, is on its way to us, and what is still needed goes again after it. Or too much at
            // once: the same again, a little later.
            if isPassing {
                commitsFrom = now + (isStale ? Self.batch : .seconds(1))
                // It never came, or it was ours: what we have is out of step.
                if let outpaced, outpaced + .seconds(5) <= now {
                    warn(.withheld, nil, "commit")
                    return resync()
                }
                outpaced = outpaced ?? now
                return
            }
            intents.subtract(inFlight.intents)
            for participant in inFlight.admitted { forgetKnock(of: participant) }
            return tell(.failed(request: Array(word: "commit"), reason: detail))
        }
        // Something to all that has no number didn't go out: what follows isn't to look as if it had been kept back.
        if request == 0, isPassing {
            courier.beginRun(UInt32(truncatingIfNeeded: randomness.next()))
        }
        if isStale {
            // Said in an epoch that is long over for the others: again in the next one that we come to.
            for index in courier.unsettled.indices where courier.unsettled[index].request == request {
                courier.unsettled[index].isStale = true
            }
            return
        }
        if let index = courier.unsettled.firstIndex(where: { $0.request == request }) {
            let lost = courier.unsettled.remove(at: index)
            if let id = lost.waiting.chatID { tell(.notSent(id: id, reason: code)) }
            return
        }
        tell(.failed(request: [], reason: code))
    }
}
