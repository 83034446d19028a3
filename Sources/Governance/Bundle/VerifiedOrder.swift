// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// An order that a charter in force allows, signed by whom it must be: the third rung. When and where it was logged is
/// ``LoggedOrder``'s.
public struct VerifiedOrder: Hashable, Sendable {
    public let signed: SignedOrder
    public let inForce: CharterInForce
    let rule: ActionRule
    /// The rest of the quorum that ratifies an emergency has signed as well.
    let isRatified: Bool

    public var order: Order { signed.order }

    init(_ signed: SignedOrder, under inForce: CharterInForce) throws(PermitRefusal) {
        let (order, charter) = (signed.order, inForce.charter)
        guard let rule = charter.rule(for: order.action) else { throw .actionNotInCharter }
        try VerifiedOrder.checkLimits(order, rule)
        guard let proposer = charter.seat(order.proposer) else { throw .unknownProposer }
        guard proposer.role.handlesCases else { throw .proposerMayNotPropose }
        var sources: [Seat] = []
        for piece in order.evidence {
            guard let name = piece.source else { continue }
            guard let source = charter.seat(name) else { throw .unknownSource }
            sources.append(source)
        }
        let ratifying = order.action == .discloseEmergency ? charter.rule(for: .disclose) : nil
        for name in signed.seats {
            guard let seat = charter.seat(name), let index = charter.index(of: name) else { continue }
            do throws(ApprovalRefusal) {
                guard seat.role.approves else { throw .wrongRole(name) }
                let isOfQuorum =
                    charter.seats(below: rule.quorum).contains(index)
                    || ratifying.map { charter.seats(below: $0.quorum).contains(index) } ?? false
                guard isOfQuorum else { throw .notInQuorum(name) }
                guard !seat.isTied(to: order.requester) else { throw .requesterJurisdiction(name) }
                guard seat.name != proposer.name, seat.organisation != proposer.organisation else {
                    throw .proposer(name)
                }
                for source in sources where seat.name == source.name || seat.organisation == source.organisation {
                    throw .evidenceSource(name)
                }
            } catch {
                throw .approval(error)
            }
        }
        for name in order.jurisdiction.seats {
            // Tied seats are refused above, so that an attesting seat is of another jurisdiction.
            guard signed.seats.contains(name) else { throw .jurisdictionNotAttested(name) }
        }
        guard charter.isSatisfied(rule.quorum, by: signed.seats.compactMap { charter.index(of: $0) }) else {
            throw .quorumMissed
        }
        guard charter.isSatisfied(rule, by: signed.seats) else { throw .notDistinct }
        self.signed = signed
        self.inForce = inForce
        self.rule = rule
        isRatified = ratifying.map { charter.isSatisfied($0, by: signed.seats) } ?? false
    }

    /// What the charter limits beyond the code.
    private static func checkLimits(_ order: Order, _ rule: ActionRule) throws(PermitRefusal) {
        guard let expiry = rule.expiry, order.expires.seconds - order.drafted.seconds <= expiry.seconds else {
            throw .expiryBeyondCharter
        }
        switch (order.scope, rule.effect) {
        case (.fields(let names, _, _), .fields(let most)?):
            guard names.count <= most else { throw .effectBeyondCharter }
        case (.account(let until), .term(let term)?):
            guard until.seconds - order.notBefore.seconds <= term.seconds else { throw .effectBeyondCharter }
        case (.member, nil), (.meeting, nil): break
        default: throw .effectBeyondCharter
        }
        switch (order.notice, rule.notice) {
        case (.before, .before?), (.atOnce, .atOnce?): break
        case (.embargo(let until, _), _):
            guard let embargo = rule.embargo, until.seconds - order.notBefore.seconds <= embargo.seconds else {
                throw .embargoBeyondCharter
            }
        default: throw .noticeBeyondCharter
        }
    }
}
