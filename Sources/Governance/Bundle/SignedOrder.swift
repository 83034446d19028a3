// SPDX-License-Identifier: Apache-2.0

import Base

/// An order that seats of its charter have put their names to: the second rung. ``VerifiedOrder`` says whether they are the right ones.
public struct SignedOrder: Hashable, Sendable {
    public let order: Order
    public let hash: DocumentHash
    let intends: [Verified<Approval>]
    let confirms: [Verified<Approval>]

    /// The seats that confirmed.
    public var seats: [Name] { confirms.map { $0.statement.seat } }

    init<Crypto: CryptoProvider>(
        _ order: Order,
        approvals: [[UInt8]],
        under inForce: CharterInForce,
        with crypto: Crypto.Type
    ) throws(ApprovalRefusal) {
        self.order = order
        hash = order.hash(with: crypto)
        var (intends, confirms): ([Verified<Approval>], [Verified<Approval>]) = ([], [])
        for (number, text) in approvals.enumerated() {
            let signed: Signed<Approval>
            do throws(StatementRefusal) { signed = try Signed(parsing: text) } catch { throw .malformed(number, error) }
            let statement = signed.statement
            guard statement.order == hash else { throw .otherOrder(statement.seat) }
            guard statement.charter == inForce.hash else { throw .otherCharter(statement.seat) }
            guard statement.decision == .approve else { throw .notAnApproval(statement.seat) }
            let verified: Verified<Approval>
            do throws(AssertionRefusal) {
                verified = try signed.verify(under: inForce.charter, with: crypto)
            } catch {
                throw .assertion(statement.seat, error)
            }
            let earlier = statement.stage == .intend ? intends : confirms
            guard !earlier.contains(where: { $0.statement.seat == statement.seat }) else {
                throw .seatTwice(statement.seat)
            }
            if statement.stage == .intend { intends.append(verified) } else { confirms.append(verified) }
        }
        for approval in intends + confirms {
            let seat = approval.statement.seat
            guard intends.contains(where: { $0.statement.seat == seat }),
                confirms.contains(where: { $0.statement.seat == seat })
            else { throw .halfAnApproval(seat) }
        }
        self.intends = intends
        self.confirms = confirms
    }
}
