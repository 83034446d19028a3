// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension CaseRegistry {
    /// A stop is kept first; what the log says of it follows if it can.
    func plan(_ signed: Signed<Stop>, now: EntryTime) throws(RegistryRefusal) -> RegistryPlan {
        let stop = signed.statement
        let inForce = try charterForStops(now)
        guard stop.genesis == inForce.genesis else { throw .otherGenesis }
        // Who has no voice any more can still stop: that gives no power to anybody.
        let (verified, seat) = try verify(signed, under: inForce)
        guard seat.role != .liaison else { throw .wrongRole(seat.name) }
        guard shelf.contains(stop) || !shelf.isFull(for: seat.name) else { throw .tooMany }
        var plan = RegistryPlan()
        plan.stop = signed
        plan.hash = verified.hash
        switch stop.target {
        case .halt(let target), .objection(let target):
            guard let file = file(stoppedBy: target), !file.desk.progress.stopping.contains(seat.name) else { break }
            var desk = file.desk
            let entries = try? desk.handle(
                .stop(signed),
                after: file.head,
                under: inForce.charter,
                now: now,
                with: Crypto.self
            )
            if let entries, (try? admit(entries)) != nil { plan.entries = entries }
        case .revoke(let name, _):
            // The same whether the stop lies here already or not: it is kept before it is logged.
            let before = without(stop)
            var next = before
            next.shelf.add(signed)
            guard !before.isRevoked(name, now, inForce.charter), next.isRevoked(name, now, inForce.charter),
                let entry = try? LogEntry(
                    .seat,
                    at: now,
                    [
                        (.seat, name.text), (.change, "revoke"), (.charterHash, inForce.hash.text),
                        (.assertion, verified.hash.text),
                    ]
                )
            else { break }
            plan.entries = [entry]
        }
        return plan
    }

    private func without(_ stop: Stop) -> CaseRegistry {
        var before = self
        before.shelf = StopShelf()
        for other in shelf.stops where other.statement != stop { before.shelf.add(other) }
        return before
    }

    private func file(stoppedBy target: DocumentHash) -> CaseFile? {
        cases.values.first { $0.closed == nil && $0.desk.order?.nonceHash(with: Crypto.self) == target }
    }

    /// From now on it counts. The signature is checked under whichever version of the charter it was made, since it may have been kept
    /// for long; false for one that no version takes.
    @discardableResult
    public mutating func keep(_ signed: Signed<Stop>) -> Bool {
        guard signed.statement.genesis == chain.genesis,
            chain.charters.contains(where: { (try? signed.verify(under: $0, with: Crypto.self)) != nil })
        else { return false }
        shelf.add(signed)
        return true
    }

    /// An advocate's receipt: kept with the checkpoint that it names.
    func plan(_ signed: Signed<NoStop>, now: EntryTime) throws(RegistryRefusal) -> RegistryPlan {
        let receipt = signed.statement
        let inForce = try charterForOrders(now)
        let file = try openCase(of: receipt.order)
        guard receipt.charter == inForce.hash else { throw .otherCharter }
        let (verified, seat) = try check(signed, under: inForce, now)
        guard seat.role == .advocate else { throw .wrongRole(seat.name) }
        guard !file.noStops.contains(verified), file.noStops.count < CaseFile.mostNoStops else { throw .tooMany }
        guard let order = file.desk.order, let lock = inForce.charter.rule(for: order.action)?.timelock,
            let approved = file.approved[receipt.order], let since = file.loggedBy(approved)
        else { throw .tooEarly }
        guard let checkpoint = recent.first(where: { $0.head == receipt.head }) else { throw .unknownCheckpoint }
        guard checkpoint.notBefore >= since + lock.seconds, receipt.time.seconds >= since + lock.seconds,
            receipt.time.seconds <= now.seconds + OrderBundle.clockTolerance
        else { throw .tooEarly }
        var plan = RegistryPlan()
        let caseID = file.desk.caseID
        plan.hash = verified.hash
        plan.papers = [Paper(.noStop, of: caseID, hash: verified.hash, signed.text)]
        plan.marks = [RegistryPlan.Mark(caseID: caseID, checkpoint: checkpoint)]
        return plan
    }

    /// A receipt that is stored: now, or before a restart. It gives nothing that ``OrderBundle/verify(stops:genesis:checkpoint:now:with:)``
    /// doesn't check again.
    public mutating func keep(noStop paper: Paper) {
        guard paper.kind == .noStop, paper.hash == .of(document: paper.bytes, with: Crypto.self),
            let signed = try? Signed<NoStop>(parsing: paper.bytes),
            var file = cases[paper.caseID], file.noStops.count < CaseFile.mostNoStops,
            let verified = chain.charters.lazy.compactMap({ try? signed.verify(under: $0, with: Crypto.self) }).first,
            !file.noStops.contains(verified)
        else { return }
        file.noStops.append(verified)
        file.papers.append(paper)
        cases[paper.caseID] = file
    }
}
