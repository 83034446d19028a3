// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// A case with its clocks: takes what seats do, and answers with the entries to log. No step is skipped, no clock runs out unnoticed, and what is
/// refused is logged like what is granted.
///
/// Pure: `(desk, input, now) → entries`. What was answered has happened only when it is in the log.
public struct CaseDesk: Sendable {
    /// From the contact to the docket.
    public static let docketTime: UInt64 = 86_400
    /// From the contact to its authentication.
    public static let authenticationTime: UInt64 = 5 * 86_400
    /// Within so long so many cases about one subject need an external reviewer's check.
    public static let targetingWindow: UInt64 = 180 * 86_400
    public static let targetingCases = 3

    public let caseID: CaseID
    public private(set) var progress: CaseProgress
    /// Who has approved the order that is proposed now, or refused it.
    public private(set) var approvers: [Name] = []
    /// Seats that passed a check of this case.
    public private(set) var checkers: [Name] = []
    /// The order that is proposed now, as it is written.
    public private(set) var order: Order?
    /// When earlier cases about the same subject were received: whoever docketed them knows.
    public private(set) var earlier: [EntryTime] = []

    public init(caseID: CaseID) {
        self.caseID = caseID
        progress = CaseProgress()
    }

    /// - Parameter previous: the leaf hash of the case's last logged entry; `nil` for a new case.
    public mutating func handle<Crypto: CryptoProvider>(
        _ input: CaseInput,
        after previous: TreeHash?,
        under charter: Charter,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(DeskRefusal) -> [LogEntry] {
        var next = self
        let entries = try next.step(input, CaseEntries(caseID, previous, now), charter, now, crypto)
        for entry in entries {
            do throws(CaseRule) { try next.progress.admit(entry, under: charter) } catch { throw .rule(error) }
        }
        self = next
        return entries
    }

    private mutating func step<Crypto: CryptoProvider>(
        _ input: CaseInput,
        _ entries: CaseEntries,
        _ charter: Charter,
        _ now: EntryTime,
        _ crypto: Crypto.Type
    ) throws(DeskRefusal) -> [LogEntry] {
        switch input {
        case .contact(let seat, let requester, let instrument):
            return [
                try entries.entry(
                    .contact,
                    [(.actor, seat.text), (.requester, requester.text), (.instrument, instrument.text)]
                )
            ]
        case .authenticate(let seat, let passed):
            guard progress.state == .received else { throw .rule(.outOfTurn(progress.state)) }
            guard !isOverdue(CaseDesk.authenticationTime, now) else { throw .tooLate }
            return [try entries.entry(.check, [(.actor, seat.text), (.outcome, passed ? "passed" : "failed")])]
        case .docket(let seat, let requester, let instrument, let earlier):
            self.earlier = earlier
            return [
                try entries.entry(
                    .docket,
                    [(.actor, seat.text), (.requester, requester.text), (.instrument, instrument.text)]
                )
            ]
        case .check(let seat, let outcome):
            guard progress.state != .received else { throw .rule(.outOfTurn(progress.state)) }
            if outcome == .passed, !checkers.contains(seat) { checkers.append(seat) }
            return [try entries.entry(.check, [(.actor, seat.text), (.outcome, outcome.text)])]
        case .propose(let order):
            return [try propose(order, entries, charter, now, crypto)]
        case .approval(let signed):
            return [try approve(signed, entries, charter, crypto)]
        case .approved:
            guard let order, let rule = charter.rule(for: order.action), charter.isSatisfied(rule, by: approvers) else {
                throw .quorumMissed
            }
            return [try entries.entry(.approved, [(.order, order.hash(with: crypto).text)])]
        case .notice(let receipt):
            guard let order else { throw .rule(.outOfTurn(progress.state)) }
            let hash = order.hash(with: crypto).text
            if case .embargo(let until, _) = order.notice {
                return [try entries.entry(.notice, [(.order, hash), (.embargoUntil, until.text)])]
            }
            guard let receipt else { throw .noticeMissing }
            return [try entries.entry(.notice, [(.order, hash), (.receipt, receipt.text)])]
        case .stop(let signed):
            return [try stop(signed, entries, charter, crypto)]
        case .executed(let permit):
            guard let order, permit.order == order.hash(with: crypto) else { throw .otherOrder }
            return [try entries.entry(.executed, [(.order, permit.order.text)])]
        case .close(let seat, let outcome):
            guard let holder = charter.seat(seat), holder.role.handlesCases else { throw .rule(.wrongRole(seat)) }
            return [try entries.entry(.closed, [(.outcome, outcome.text)])]
        case .tick:
            guard let outcome = expired(now) else { return [] }
            return [try entries.entry(.closed, [(.outcome, outcome)])]
        }
    }

    private mutating func propose<Crypto: CryptoProvider>(
        _ order: Order,
        _ entries: CaseEntries,
        _ charter: Charter,
        _ now: EntryTime,
        _ crypto: Crypto.Type
    ) throws(DeskRefusal) -> LogEntry {
        guard order.caseID == caseID else { throw .otherOrder }
        guard order.charter == charter.hash(with: crypto) else { throw .otherCharter }
        guard charter.rule(for: order.action) != nil else { throw .actionNotInCharter }
        let recent = earlier.filter { now.seconds < $0.seconds + CaseDesk.targetingWindow }
        if recent.count >= CaseDesk.targetingCases {
            // RT-08: whoever is asked about again and again is looked at from outside.
            guard checkers.contains(where: { charter.seat($0)?.role == .external }) else { throw .repeatedTargeting }
        }
        self.order = order
        approvers = []
        return try entries.entry(
            .proposed,
            [
                (.actor, order.proposer.text), (.action, order.action.text), (.order, order.hash(with: crypto).text),
                (.charterHash, order.charter.text),
            ]
        )
    }

    private mutating func approve<Crypto: CryptoProvider>(
        _ signed: Signed<Approval>,
        _ entries: CaseEntries,
        _ charter: Charter,
        _ crypto: Crypto.Type
    ) throws(DeskRefusal) -> LogEntry {
        let statement = signed.statement
        guard let order, statement.order == order.hash(with: crypto), statement.charter == order.charter else {
            throw .otherOrder
        }
        let verified: Verified<Approval>
        do throws(AssertionRefusal) { verified = try signed.verify(under: charter, with: crypto) } catch {
            throw .assertion(error)
        }
        if let conflict = conflict(of: statement.seat, with: order, charter) { throw .conflict(conflict) }
        approvers.removeAll { $0 == statement.seat }
        if statement.decision == .approve, statement.stage == .confirm { approvers.append(statement.seat) }
        return try entries.entry(
            .approval,
            [
                (.actor, statement.seat.text), (.order, statement.order.text), (.stage, statement.stage.text),
                (.decision, statement.decision.text), (.assertion, verified.hash.text),
            ]
        )
    }

    /// Whoever proposed it, brought evidence for it, or is of the requester's country, has no say; nor have their organisations (RT-29).
    private func conflict(of name: Name, with order: Order, _ charter: Charter) -> Exclusion? {
        guard let seat = charter.seat(name) else { return nil }
        if seat.isTied(to: order.requester) { return .requesterJurisdiction }
        if let proposer = charter.seat(order.proposer), proposer.organisation == seat.organisation { return .proposer }
        for piece in order.evidence {
            guard let source = piece.source.flatMap({ charter.seat($0) }) else { continue }
            if source.organisation == seat.organisation { return .evidenceSource }
        }
        return nil
    }

    private func stop<Crypto: CryptoProvider>(
        _ signed: Signed<Stop>,
        _ entries: CaseEntries,
        _ charter: Charter,
        _ crypto: Crypto.Type
    ) throws(DeskRefusal) -> LogEntry {
        guard let order else { throw .rule(.outOfTurn(progress.state)) }
        let verified: Verified<Stop>
        do throws(AssertionRefusal) { verified = try signed.verify(under: charter, with: crypto) } catch {
            throw .assertion(error)
        }
        let (type, target): (EntryType, DocumentHash)
        switch verified.statement.target {
        case .halt(let hash): (type, target) = (.halt, hash)
        case .objection(let hash): (type, target) = (.objection, hash)
        case .revoke: throw .otherOrder
        }
        guard target == order.nonceHash(with: crypto) else { throw .otherOrder }
        return try entries.entry(
            type,
            [(.actor, verified.statement.seat.text), (.nonceHash, target.text), (.assertion, verified.hash.text)]
        )
    }

    private func isOverdue(_ time: UInt64, _ now: EntryTime) -> Bool {
        progress.received.map { now.seconds > $0.seconds + time } ?? false
    }

    /// What the clock ends by itself: unauthenticated after five days, unexecuted after the order's end.
    private func expired(_ now: EntryTime) -> String? {
        switch progress.state {
        case .received: isOverdue(CaseDesk.authenticationTime, now) ? "expired" : nil
        case .proposed, .approving, .timeLocked, .noticed, .embargoed:
            order.map { now >= $0.expires } ?? false ? "expired" : nil
        default: nil
        }
    }

    /// The next moment at which ``CaseInput/tick`` changes something, or at which the docket is due.
    public var deadline: EntryTime? {
        switch progress.state {
        case .received: progress.received.flatMap { EntryTime(seconds: $0.seconds + CaseDesk.authenticationTime + 1) }
        case .proposed, .approving, .timeLocked, .noticed, .embargoed: order?.expires
        default: nil
        }
    }

    /// True if the case should have been docketed by now: 24 hours after the contact.
    public func isDocketOverdue(at now: EntryTime) -> Bool {
        switch progress.state {
        case .received, .authenticated: isOverdue(CaseDesk.docketTime, now)
        default: false
        }
    }

    /// Who may hear an appeal: officers who didn't approve, of other organisations than those who did.
    public func appealSeats(under charter: Charter) -> [Name] {
        let organisations = approvers.compactMap { charter.seat($0)?.organisation }
        return charter.seats.filter { $0.role.approves && !organisations.contains($0.organisation) }.map { $0.name }
    }
}
