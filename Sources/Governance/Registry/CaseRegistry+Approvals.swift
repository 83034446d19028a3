// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension CaseRegistry {
    /// The open case in which this order is proposed.
    func openCase(of order: DocumentHash) throws(RegistryRefusal) -> CaseFile {
        guard let file = cases.values.first(where: { $0.closed == nil && $0.desk.progress.order == order }) else {
            throw .unknownOrder
        }
        return try openCase(file.desk.caseID)
    }

    func plan(_ signed: Signed<Approval>, now: EntryTime) throws(RegistryRefusal) -> RegistryPlan {
        let approval = signed.statement
        let inForce = try charterForOrders(now)
        let file = try openCase(of: approval.order)
        let hash = signed.hash(with: Crypto.self)
        if let place = file.places[hash] { throw .repeated(place.index, place.leaf) }
        guard approval.charter == inForce.hash else { throw .otherCharter }
        _ = try check(signed, under: inForce, now)
        let caseID = file.desk.caseID
        var plan = RegistryPlan()
        plan.hash = hash
        plan.papers = [Paper(.approval, of: caseID, hash: hash, signed.text)]
        if approval.stage == .confirm {
            let mark = try pause(before: approval, in: file)
            plan.marks = [RegistryPlan.Mark(caseID: caseID, checkpoint: mark)]
        }
        var desk = file.desk
        do throws(DeskRefusal) {
            plan.entries = try desk.handle(
                .approval(signed),
                after: file.head,
                under: inForce.charter,
                now: now,
                with: Crypto.self
            )
            if desk.isComplete(under: inForce.charter), let last = plan.entries.last {
                plan.entries += try desk.handle(
                    .approved,
                    after: MerkleTree<Crypto>.leafHash(last.encoded),
                    under: inForce.charter,
                    now: now,
                    with: Crypto.self
                )
            }
        } catch {
            throw .desk(error)
        }
        try admit(plan.entries)
        return plan
    }

    /// The checkpoint that shows that the pause is over and that the `confirm` isn't in the log yet.
    private func pause(before confirm: Approval, in file: CaseFile) throws(RegistryRefusal) -> KeptCheckpoint {
        guard
            let intend = file.approvals.last(where: {
                let statement = $0.signed.statement
                return statement.seat == confirm.seat && statement.order == confirm.order
                    && statement.stage == .intend && statement.decision == .approve
            }), intend.leaf == confirm.intend
        else { throw .confirmsAnother }
        let pause: UInt64 = file.desk.order?.action == .discloseEmergency ? 300 : 1_800
        guard let newest, let logged = file.loggedBy(intend.index), newest.notBefore >= logged + pause else {
            throw .tooQuick
        }
        return newest
    }
}

extension CaseDesk {
    /// True if nothing but `approved` is missing.
    fileprivate func isComplete(under charter: Charter) -> Bool {
        guard progress.state == .approving, let order, let rule = charter.rule(for: order.action) else { return false }
        return charter.isSatisfied(rule, by: approvers)
    }
}
