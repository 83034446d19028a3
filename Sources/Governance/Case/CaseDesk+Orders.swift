// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension CaseDesk {
    mutating func propose<Crypto: CryptoProvider>(
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

    mutating func approve<Crypto: CryptoProvider>(
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

    func stop<Crypto: CryptoProvider>(
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
}
