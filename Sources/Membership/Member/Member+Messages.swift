// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// What members say to each other.
extension Member {
    // MARK: saying

    /// Sends, or keeps it for when it can be sent.
    mutating func post(_ message: MeetingMessage, to: ParticipantID? = nil, chatID: [UInt8]? = nil) {
        guard courier.outbox.count < Courier.longestOutbox else {
            if let chatID { tell(.notSent(id: chatID, reason: Array(word: "busy"))) }
            return
        }
        courier.outbox.append(Courier.Waiting(message: message, to: to, chatID: chatID))
    }

    mutating func deliverOutbox(using randomness: inout some Randomness) {
        guard !courier.outbox.isEmpty, maySend else { return }
        let waiting = courier.outbox
        courier.outbox = []
        for entry in waiting { deliver(entry.message, to: entry.to, chatID: entry.chatID, using: &randomness) }
    }

    /// RFC 9420 §12.4: whoever has seen a proposal commits, or waits for the commit, before sending data.
    private var maySend: Bool {
        guard case .inside = arrival, isConnected, !isResuming, let group else { return false }
        return group.shared.proposals.isEmpty
    }

    mutating func deliver(
        _ message: MeetingMessage,
        to: ParticipantID?,
        chatID: [UInt8]?,
        using randomness: inout some Randomness
    ) {
        guard var group else { return }
        if to == nil { courier.count &+= 1 }
        let envelope = Envelope(run: courier.run, count: courier.count, to: to)
        guard
            let encrypted = try? group.encrypt(
                message.encoded,
                authenticatedData: envelope.encoded,
                paddingBlock: 256,
                using: &randomness
            )
        else {
            if to == nil { courier.count &-= 1 }
            if let chatID { tell(.notSent(id: chatID, reason: Array(word: "group"))) }
            return
        }
        self.group = group
        var request: UInt32 = 0
        if let chatID {
            request = nextRequest()
            courier.unsettled.removeAll { $0.waiting.chatID == chatID }
            courier.unsettled.append(
                Courier.Unsettled(
                    request: request,
                    epoch: group.epoch,
                    waiting: Courier.Waiting(message: message, to: to, chatID: chatID)
                )
            )
        }
        send(.message(request: request, message: encrypted.encoded, to: to))
    }

    /// The node has passed a message on. It is kept while its epoch may be found void.
    mutating func settle(_ request: UInt32) {
        guard let index = courier.unsettled.firstIndex(where: { $0.request == request }) else { return }
        if !courier.unsettled[index].isSent, let id = courier.unsettled[index].waiting.chatID {
            tell(.sent(id: id))
            if courier.unsettled[index].waiting.to == nil { courier.lines &+= 1 }
        }
        courier.unsettled[index].isSent = true
        let epoch = group?.epoch ?? 0
        courier.unsettled.removeAll { $0.isSent && ($0.epoch != epoch || former == nil) }
    }

    /// What may never have arrived; or, in a new epoch, what was too late for the one before. Receivers know a chat message
    /// again by its id.
    mutating func resendUnsettled(onlyStale: Bool = false) {
        let unsettled = courier.unsettled
        courier.unsettled = []
        for entry in unsettled {
            if onlyStale && !entry.isStale {
                courier.unsettled.append(entry)
            } else if !entry.isSent {
                post(entry.waiting.message, to: entry.waiting.to, chatID: entry.waiting.chatID)
            }
        }
    }

    mutating func makeStatement() -> Statement? {
        guard let card = link?.card else { return nil }
        // Never the same number for two of them: the second would count as old.
        statementVersion = max(statementVersion &+ 1, clock)
        return try? Statement(
            by: signatureKey,
            version: statementVersion,
            name: settings.name,
            flags: settings.flags,
            directKey: directKey.publicKey,
            cardHash: card.hash(with: Crypto.self),
            suite
        )
    }

    mutating func sayWhoWeAre() {
        guard let statement = makeStatement() else { return }
        // Only the newest counts.
        courier.outbox.removeAll { if case .statement = $0.message { true } else { false } }
        post(.statement(statement))
    }

    mutating func say(id: [UInt8], _ text: [UInt8], to: ParticipantID?, using randomness: inout some Randomness) {
        guard let card = link?.card, text.count <= ChatLine.longestText, id.count <= ChatLine.longestID else {
            return tell(.notSent(id: id, reason: Array(word: "malformed")))
        }
        if let to { return whisper(DirectLine(id: id, at: clock, text: text), to: to, using: &randomness) }
        guard
            let line = try? ChatLine(
                by: signatureKey,
                id: id,
                at: clock,
                text: text,
                cardHash: card.hash(with: Crypto.self),
                suite
            )
        else { return }
        _ = history.append(line)
        post(.chat(line), chatID: id)
    }

    private mutating func whisper(
        _ line: DirectLine,
        to: ParticipantID,
        using randomness: inout some Randomness
    ) {
        guard let index = index(of: to), let key = people[index].statement?.directKey, people[index].connected else {
            return tell(.notSent(id: line.id, reason: Array(word: "noSuchParticipant")))
        }
        guard
            let sealed = try? suite.encryptWithLabel(
                to: key,
                .other("vigil direct"),
                context: directContext(from: own, to: to),
                plaintext: line.encoded,
                using: &randomness
            )
        else { return tell(.notSent(id: line.id, reason: Array(word: "noSuchParticipant"))) }
        post(.direct(sealed), to: to, chatID: line.id)
    }

    private func directContext(from: ParticipantID, to: ParticipantID) -> [UInt8] {
        from.rawValue.encoded + to.rawValue.encoded
    }

    mutating func act(_ kind: HostAct.Kind, on target: ParticipantID?) {
        if let target {
            guard let index = index(of: target), maySubdue(people[index].role) else {
                return fail("hostAct", "notAllowed")
            }
        } else if !ownRole.isKeeper {
            return fail("hostAct", "notAllowed")
        }
        let act = HostAct(kind, target)
        post(.hostAct(act))
        apply(act, by: own, role: ownRole)
    }

    /// Tells those who are new what they can't have heard.
    mutating func greet(
        _ newcomers: [ParticipantID],
        admitted: [ParticipantID]?,
        isExternal: Bool
    ) {
        let isOurs = admitted != nil
        // Who came by themselves is greeted by the first in line.
        guard isOurs || (isExternal && rankAmong(except: newcomers) == 0) else { return }
        guard !newcomers.isEmpty else { return }
        let greeting = makeGreeting()
        for newcomer in newcomers { post(.greeting(greeting), to: newcomer) }
    }

    private func rankAmong(except newcomers: [ParticipantID]) -> Int {
        guard let group else { return 0 }
        var before = 0
        for person in people where person.connected && person.leaf < group.leaf {
            if !newcomers.contains(person.participant) { before += 1 }
        }
        return before
    }

    private mutating func makeGreeting() -> Greeting {
        var statements: [Statement] = []
        if let statement = makeStatement() { statements.append(statement) }
        for person in people { if let statement = person.statement { statements.append(statement) } }
        let tellsChat = policy?.history == .chat
        if tellsChat { statements += departed }
        return Greeting(
            statements: statements,
            chat: tellsChat ? history.lines : [],
            olderLinks: links.older.map { $0.secret.bytes },
            startedAt: startedAt
        )
    }

    // MARK: hearing

    mutating func receive(message: [UInt8], using randomness: inout some Randomness) {
        guard case .inside = arrival, var group else { return }
        let received: Received<Crypto>
        do throws(MLSRefusal) {
            received = try group.receive(message, rules: rules)
        } catch {
            switch error {
            // A replay; or of an epoch that we haven't got: late, or of one that we refused.
            case .keyAlreadyUsed, .epochTooOld, .wrongEpoch: break
            default:
                watch.unreadable += 1
                if watch.unreadable == 2 { warn(.unreadableMessages) }
            }
            return
        }
        self.group = group
        guard case .application(let opened) = received, let sender = ParticipantID(opened.senderNode),
            // Who has been removed has nothing more to say.
            let index = index(of: sender),
            let envelope = try? Envelope(decoding: opened.authenticatedData),
            envelope.to == nil || envelope.to == own
        else { return }
        watch.unreadable = 0
        count(envelope, from: index)
        // Somebody who goes on in an epoch that we have left isn't with us.
        if opened.epoch == group.epoch || left.first.map({ now - $0 < .seconds(2) }) == true { notice(index) }
        people[index].spoke = now
        guard let content = try? MeetingMessage(decoding: opened.data) else { return }
        understand(content, opened, from: sender, at: index, using: &randomness)
    }

    /// A gap means that something of theirs was kept from us.
    private mutating func count(_ envelope: Envelope, from index: Int) {
        let isCounted = envelope.to == nil
        if let run = people[index].run {
            if run != envelope.run { people[index].count = 0 }
            let expected = people[index].count + (isCounted ? 1 : 0)
            if envelope.count > expected {
                people[index].isMissed = true
                warn(.withheld, people[index].participant)
            }
        }
        if people[index].run != envelope.run || envelope.count > people[index].count {
            people[index].count = envelope.count
        }
        people[index].run = envelope.run
    }

    private mutating func understand(
        _ content: MeetingMessage,
        _ message: ApplicationMessage,
        from sender: ParticipantID,
        at index: Int,
        using randomness: inout some Randomness
    ) {
        guard let card = link?.card else { return }
        switch content {
        case .statement(let statement):
            // The same key has just signed the message; whoever it is passed on to checks the statement's own signature.
            guard statement.signatureKey == message.senderNode.signatureKey else { return }
            take(statement, passedOnFor: nil)
        case .chat(let line):
            guard line.signatureKey == message.senderNode.signatureKey else { return }
            if hear(line, cardHash: card.hash(with: Crypto.self)) { people[index].lines &+= 1 }
        case .direct(let ciphertext):
            guard
                let opened = try? suite.decryptWithLabel(
                    directKey,
                    .other("vigil direct"),
                    context: directContext(from: sender, to: own),
                    ciphertext
                ), let line = try? DirectLine(decoding: opened)
            else { return }
            guard history.isNew(line.id, from: sender) else { return }
            tell(
                .chat(
                    MemberEvent.Chat(
                        id: line.id,
                        from: sender,
                        name: people[index].statement?.name ?? [],
                        text: line.text,
                        to: own,
                        at: line.at
                    )
                )
            )
        case .reaction(let reaction): tell(.reaction(sender, reaction))
        case .hostAct(let act): apply(act, by: sender, role: people[index].role)
        case .heartbeat(let heartbeat): hear(heartbeat, message.epoch, at: index)
        case .greeting(let greeting): take(greeting, cardHash: card.hash(with: Crypto.self))
        case .ask: post(.greeting(makeGreeting()), to: sender)
        case .shortCode(let word):
            guard message.epoch == group?.epoch else { return }
            hear(word, from: sender, using: &randomness)
        }
    }

    /// - Parameter cardHash: the meeting's card, if somebody else brings the statement.
    private mutating func take(_ statement: Statement, passedOnFor cardHash: [UInt8]?) {
        let participant = ParticipantID(signatureKey: statement.signatureKey, with: Crypto.self)
        guard let index = index(of: participant) else { return }
        if let known = people[index].statement, known.version >= statement.version { return }
        if let cardHash, !statement.isValid(cardHash: cardHash, suite) { return }
        if people[index].isMuted, statement.flags.contains(.microphone) {
            // Turned on again by themselves, after it was turned off.
            people[index].isMuted = false
        }
        people[index].statement = statement
        tell(.person(people[index].shown))
    }

    /// False if it was known.
    private mutating func hear(_ line: ChatLine, cardHash: [UInt8]) -> Bool {
        guard line.isValid(cardHash: cardHash, suite), history.append(line) else { return false }
        let author = ParticipantID(signatureKey: line.signatureKey, with: Crypto.self)
        tell(
            .chat(
                MemberEvent.Chat(
                    id: line.id,
                    from: author,
                    name: name(of: line.signatureKey, author),
                    text: line.text,
                    to: nil,
                    at: line.at
                )
            )
        )
        return true
    }

    private func name(of signatureKey: [UInt8], _ author: ParticipantID) -> [UInt8] {
        if author == own { return settings.name }
        if let index = index(of: author) { return people[index].statement?.name ?? [] }
        for statement in departed where statement.signatureKey == signatureKey { return statement.name }
        return []
    }

    private mutating func take(_ greeting: Greeting, cardHash: [UInt8]) {
        // What only newcomers need to be told can't be told to others: it isn't signed by whom it is about, or it is about
        // people whom nobody here has seen.
        let isNew = newUntil.map { now < $0 } ?? false
        for statement in greeting.statements {
            let participant = ParticipantID(signatureKey: statement.signatureKey, with: Crypto.self)
            if index(of: participant) != nil {
                take(statement, passedOnFor: cardHash)
            } else if isNew, participant != own, departed.count < 200, !departed.contains(statement),
                statement.isValid(cardHash: cardHash, suite)
            {
                departed.append(statement)
            }
        }
        guard isNew else { return }
        if greeting.startedAt != 0, startedAt == 0 || greeting.startedAt < startedAt {
            startedAt = greeting.startedAt
            tell(.startedAt(startedAt))
        }
        if policy?.history == .chat {
            for line in greeting.chat where hear(line, cardHash: cardHash) {
                let author = ParticipantID(signatureKey: line.signatureKey, with: Crypto.self)
                if let index = index(of: author) { people[index].lines &+= 1 }
            }
        }
        for bytes in greeting.olderLinks {
            guard let secret = LinkSecret(bytes), let keys = try? LinkKeys(secret, with: Crypto.self) else { continue }
            links.remember(keys)
        }
    }

    /// A host's word. Who isn't one is shown as having tried.
    private mutating func apply(_ act: HostAct, by actor: ParticipantID, role: Role) {
        switch act.kind {
        case .end:
            guard act.isAllowed(to: role, on: .guest) else { return warn(.falseHostAct, actor, "end") }
            finish(.ended, by: actor)
        case .mute, .lowerHand:
            guard let target = act.target else { return }
            guard act.isAllowed(to: role, on: roleOf(target)) else { return warn(.falseHostAct, actor, "mute") }
            if act.kind == .mute { mute(target, by: actor) } else { lowerHand(of: target, by: actor) }
        case .muteAll:
            guard role.isKeeper else { return warn(.falseHostAct, actor, "muteAll") }
            for participant in [own] + people.map({ $0.participant })
            where participant != actor && act.isAllowed(to: role, on: roleOf(participant)) {
                mute(participant, by: actor)
            }
        }
    }

    private func roleOf(_ participant: ParticipantID) -> Role {
        participant == own ? ownRole : index(of: participant).map { people[$0].role } ?? .guest
    }

    private mutating func mute(_ target: ParticipantID, by actor: ParticipantID) {
        if target == own {
            settings.flags.remove(.microphone)
            showOwn()
            sayWhoWeAre()
            return tell(.mutedBy(actor))
        }
        guard let index = index(of: target), people[index].statement?.flags.contains(.microphone) ?? true else {
            return
        }
        people[index].isMuted = true
        tell(.person(people[index].shown))
    }

    private mutating func lowerHand(of target: ParticipantID, by actor: ParticipantID) {
        guard target == own else { return }
        settings.flags.remove(.hand)
        showOwn()
        sayWhoWeAre()
        tell(.handLoweredBy(actor))
    }

    // MARK: proposals

    mutating func receive(proposal: [UInt8]) {
        guard case .inside = arrival, var group,
            case .proposal(_, let what, let sender)? = try? group.receive(proposal, rules: rules)
        else { return }
        switch (sender, what) {
        case (.member, .selfRemove): self.group = group
        case (.external, .remove(let leaf)):
            self.group = group
            judgeRemoval(of: leaf, in: group)
        default:
            // Nobody may commit it, and it would keep everybody from sending (RFC 9420 §12.4).
            let author = sender.leaf.flatMap { group.tree.leaf($0) }.flatMap { ParticipantID($0) }
            warn(.refusedProposal, author, name(of: what))
        }
    }

    /// The node takes somebody for lost. It has said so before, and nothing has been heard of them since.
    private mutating func judgeRemoval(of leaf: LeafIndex, in group: Group<Crypto>) {
        // Not while what was said during a cut of ours is coming in.
        let isSettled = connectedSince.map { now - $0 > .seconds(5) } ?? false
        if leaf == group.leaf {
            if isSettled { warn(.nodeRemoves, own) }
            return
        }
        for person in people where person.leaf == leaf {
            let hasJustSpoken = person.spoke.map { now - $0 < .seconds(5) } ?? false
            if hasJustSpoken || (isSettled && !isLost(person)) { warn(.nodeRemoves, person.participant) }
        }
    }

    /// For nearly as long as a node has to wait.
    private func isLost(_ person: Person) -> Bool {
        guard let lostAt = person.lostAt, now - lostAt > .seconds(9) else { return false }
        return person.spoke.map { $0 <= lostAt + .seconds(1) } ?? true
    }

    private func name(of proposal: Proposal) -> StaticString {
        switch proposal {
        case .add: "add"
        case .update: "update"
        case .remove: "remove"
        case .preSharedKey: "preSharedKey"
        case .reInit: "reInit"
        case .externalInit: "externalInit"
        case .groupContextExtensions: "policy"
        case .selfRemove: "selfRemove"
        }
    }
}
