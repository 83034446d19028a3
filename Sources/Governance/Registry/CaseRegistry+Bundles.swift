// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

extension CaseRegistry {
    /// In which case an order was proposed, now or before.
    public func caseID(of order: DocumentHash) -> CaseID? {
        cases.values.first { $0.orders[order] != nil }?.desk.caseID
    }

    /// Everything of a bundle but the log's entries, which the caller reads from `start` on, and the subtrees before them.
    public func bundle(of hash: DocumentHash) throws(RegistryRefusal) -> OrderBundle {
        guard let file = cases.values.first(where: { $0.orders[hash] != nil }), let order = file.orders[hash],
            let text = file.papers.first(where: { $0.hash == hash })?.bytes
        else { throw .unknownOrder }
        guard let (charters, index) = chain.versions(to: order.charter) else { throw .otherCharter }
        let start = min(index, file.firstIndex)
        let marks = file.marks.filter { $0.head.size >= start }
        let noStops = file.noStops.filter { receipt in
            receipt.statement.order == hash && marks.contains { $0.head == receipt.statement.head }
        }
        return OrderBundle(
            order: text,
            charters: charters,
            approvals: file.standingApprovals(of: hash),
            narrower: order.narrowerOrder.flatMap { narrower in
                cases.values.lazy.flatMap { $0.papers }.first { $0.kind == .order && $0.hash == narrower }?.bytes
            },
            notice: file.notices[hash],
            noStops: noStops.compactMap { receipt in file.papers.first { $0.hash == receipt.hash }?.bytes },
            checkpoints: marks.map { $0.bytes },
            start: start,
            subtrees: [],
            entries: []
        )
    }

    /// What to log when a permit was acted upon.
    public func executed(_ permit: Permit, now: EntryTime) throws(RegistryRefusal) -> RegistryPlan {
        let file = try openCase(of: permit.order)
        let inForce = try charterForStops(now)
        var desk = file.desk
        var plan = RegistryPlan()
        do throws(DeskRefusal) {
            plan.entries = try desk.handle(
                .executed(permit),
                after: file.head,
                under: inForce.charter,
                now: now,
                with: Crypto.self
            )
        } catch {
            throw .desk(error)
        }
        try admit(plan.entries)
        return plan
    }
}

extension CaseFile {
    /// Signed `intend`s and `confirm`s that belong together and that nobody has taken back: a bundle has no others.
    fileprivate func standingApprovals(of order: DocumentHash) -> [[UInt8]] {
        let own = approvals.filter { $0.signed.statement.order == order }
        var (seats, pairs): ([Name], [LoggedApproval]) = ([], [])
        for approval in own where !seats.contains(approval.signed.statement.seat) {
            let seat = approval.signed.statement.seat
            seats.append(seat)
            let words = own.filter { $0.signed.statement.seat == seat }
            guard let last = words.last, last.signed.statement.decision == .approve,
                let confirm = words.last(where: { $0.signed.statement.stage == .confirm }),
                !words.contains(where: { $0.index > confirm.index && $0.signed.statement.decision != .approve }),
                let intend = words.first(where: { $0.leaf == confirm.signed.statement.intend }),
                intend.signed.statement.decision == .approve, confirm.signed.statement.decision == .approve
            else { continue }
            pairs += [intend, confirm]
        }
        return pairs.sorted { $0.index < $1.index }.map { $0.text }
    }
}
