// SPDX-License-Identifier: Apache-2.0

public import Base

/// Our own checks: sending, answers, nomination, consent (RFC 8445 §7.2, §8; RFC 7675).
extension ICEAgent {
    public var nextDeadline: Moment? {
        guard !ended else { return nil }
        var deadline = transactions.map(\.due).min()
        func include(_ moment: Moment?) {
            if let moment { deadline = min(deadline ?? moment, moment) }
        }
        include(nextCheck)
        include(nominationDeadline)
        if let selection {
            include(selection.nextConsentCheck)
            include(selection.lastConsent + Self.consentLifetime)
        }
        return deadline
    }

    public mutating func handleTimeout(now: Moment) {
        guard !ended else { return }
        retransmit(now: now)
        if let due = nominationDeadline, due <= now { nominateBest(now: now) }
        if let due = nextCheck, due <= now { sendNextCheck(now: now) }
        keepConsent(now: now)
        if selection == nil, transactions.isEmpty, lists.allSatisfy(\.isExhausted) {
            ended = true
            events.append(.failed)
        }
    }

    mutating func receiveResponse(
        _ message: STUNMessage,
        from address: TransportAddress,
        now: Moment
    ) throws(ICERefusal) {
        guard let place = transactions.firstIndex(where: { $0.id == message.transactionID }),
            let index = listIndex(transactions[place].generation), let remote = lists[index].remote
        else { throw .unexpectedResponse }
        _ = try ICECheck.authenticate(message, with: remote.password)
        let transaction = transactions[place]
        // §7.2.5.2.1: an answer from elsewhere proves nothing about the pair.
        guard transaction.address == address else { throw .unexpectedResponse }
        transactions.remove(at: place)
        guard message.messageClass == .success else {
            receiveError(message.errorCode, transaction, list: index, now: now)
            return
        }
        guard let mapped = message.xorMappedAddress else { throw .malformed(.badAttribute) }
        if selection?.address == address { reflexiveAddress = mapped }
        if selection?.address == address, selection?.generation == transaction.generation {
            let next = now + randomized(.seconds(5))
            selection?.lastConsent = now
            selection?.nextConsentCheck = next
        }
        guard let pairIndex = lists[index].index(of: address) else { return }
        let nominatedByPeer = lists[index].pairs[pairIndex].nominateOnSuccess
        lists[index].update(address) { $0.state = .succeeded }
        if lists[index].firstSuccess == nil { lists[index].firstSuccess = now }
        if (isControlling && transaction.useCandidate) || (!isControlling && nominatedByPeer) {
            if selection == nil || selection?.address == address { reflexiveAddress = mapped }
            select(address, list: index, now: now)
        }
        if isControlling, nomination == .regular, let due = nominationDeadline, due <= now { nominateBest(now: now) }
    }

    /// Media moves to this pair, unless a better or newer one already carries it.
    mutating func select(_ address: TransportAddress, list index: Int, now: Moment) {
        guard let place = lists[index].index(of: address) else { return }
        let priority = lists[index].pairs[place].priority
        let generation = lists[index].number
        if let current = selection {
            guard generation >= current.generation else { return }
            // The controlling side decides; where it nominated several, the best one counts (RFC 5245 §8.1.1.2).
            if generation == current.generation, address == current.address || priority < current.priority { return }
        }
        let moved = selection?.address != address
        selection = Selection(
            address: address,
            generation: generation,
            priority: priority,
            lastConsent: now,
            nextConsentCheck: now + randomized(.seconds(5))
        )
        lists.removeAll { $0.number < generation }
        transactions.removeAll { $0.generation < generation }
        if moved { events.append(.selected(address)) }
    }

    private mutating func receiveError(_ code: Int?, _ transaction: CheckTransaction, list index: Int, now: Moment) {
        guard code == 487 else {
            if transaction.isConsent { return }
            fail(transaction.address, list: index)
            return
        }
        // §7.2.5.1: change the role that the refused check claimed, and check again.
        setRole(controlling: !transaction.wasControlling)
        if lists[index].nominating == transaction.address { lists[index].nominating = nil }
        lists[index].trigger(transaction.address)
        scheduleCheck(now: now)
    }

    private mutating func fail(_ address: TransportAddress, list index: Int) {
        lists[index].update(address) { $0.state = .failed }
        if lists[index].nominating == address { lists[index].nominating = nil }
    }

    private mutating func retransmit(now: Moment) {
        var kept: [CheckTransaction] = []
        for var transaction in transactions {
            if transaction.due > now {
                kept.append(transaction)
            } else if transaction.retransmits(now: now) {
                transmits.append(Transmit(address: transaction.address, bytes: transaction.bytes))
                kept.append(transaction)
            } else if !transaction.isConsent, let index = listIndex(transaction.generation) {
                // A pair that another check proved, or that media uses, outlives one lost check.
                let inUse = selection?.address == transaction.address && selection?.generation == transaction.generation
                if !inUse, !transactions.contains(where: { $0.address == transaction.address && $0.due > now }) {
                    fail(transaction.address, list: index)
                }
            }
        }
        transactions = kept
    }

    private mutating func sendNextCheck(now: Moment) {
        nextCheck = nil
        // The newest generation first: the old one is only kept alive.
        for index in lists.indices.reversed() {
            guard let address = lists[index].nextToCheck() else { continue }
            let nominates = isControlling && (nomination == .aggressive || lists[index].nominating == address)
            send(to: address, list: index, useCandidate: nominates, isConsent: false, now: now)
            break
        }
        if lists.contains(where: \.hasWork) { nextCheck = now + Self.pace }
    }

    private mutating func send(
        to address: TransportAddress,
        list index: Int,
        useCandidate: Bool,
        isConsent: Bool,
        now: Moment
    ) {
        guard let remote = lists[index].remote else { return }
        if transactions.count >= Self.transactionLimit { transactions.removeFirst() }
        let id = STUNTransactionID(high: UInt32(truncatingIfNeeded: randomness.next()), low: randomness.next())
        var builder = STUNMessageBuilder(.request, transactionID: id)
        builder.append(.username, "\(remote.ufrag):\(lists[index].local.ufrag)".utf8)
        builder.appendPriority(
            ICECandidate.priority(of: .peerReflexive, localPreference: address.isTCP ? 0xDFFF : 0xFFFF)
        )
        builder.appendTieBreaker(tieBreaker, as: isControlling ? .iceControlling : .iceControlled)
        if useCandidate { builder.append(.useCandidate, EmptyCollection<UInt8>()) }
        let bytes = builder.finish(key: remote.password)
        transactions.append(
            CheckTransaction(
                id: id,
                generation: lists[index].number,
                address: address,
                bytes: bytes,
                useCandidate: useCandidate,
                wasControlling: isControlling,
                isConsent: isConsent,
                due: now + CheckTransaction.firstWait(isConsent: isConsent, address: address)
            )
        )
        lists[index].update(address) { if $0.state != .succeeded { $0.state = .inProgress } }
        transmits.append(Transmit(address: address, bytes: bytes))
    }

    /// When the controlling agent should choose among the valid pairs of the newest list.
    private var nominationDeadline: Moment? {
        let list = lists[lists.count - 1]
        guard isControlling, nomination == .regular, list.nominating == nil, list.bestValid != nil,
            selection?.generation != list.number, let first = list.firstSuccess
        else { return nil }
        return list.mayImprove ? first + Self.nominationPatience : first
    }

    private mutating func nominateBest(now: Moment) {
        let index = lists.count - 1
        guard let best = lists[index].bestValid else { return }
        lists[index].nominating = best.remote
        send(to: best.remote, list: index, useCandidate: true, isConsent: false, now: now)
    }

    private mutating func keepConsent(now: Moment) {
        guard let current = selection else { return }
        if now >= current.lastConsent + Self.consentLifetime {
            ended = true
            selection = nil
            transactions.removeAll()
            events.append(.consentExpired)
            return
        }
        guard now >= current.nextConsentCheck else { return }
        // Five seconds after an answer; without one, sooner: at 20 % loss six checks in a row do get lost.
        let next = now + randomized(.seconds(1))
        selection?.nextConsentCheck = next
        guard let index = listIndex(current.generation) else { return }
        // USE-CANDIDATE again: a lite peer that lost the nomination, or sees us at a new address, learns it here.
        send(to: current.address, list: index, useCandidate: isControlling, isConsent: true, now: now)
    }

    /// From 0.8 to 1.2 times the interval (RFC 7675 §5.1), so that many sessions do not check in step.
    private mutating func randomized(_ interval: Interval) -> Interval {
        interval * (800 + Int64(randomness.next() % 401)) / 1_000
    }
}
