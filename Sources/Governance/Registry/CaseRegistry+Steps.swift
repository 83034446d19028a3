// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

extension CaseRegistry {
    /// What follows from what a seat brings.
    ///
    /// - Parameter documents: hashes of the sealed documents that are here for the case.
    public func plan(
        _ submission: Submission,
        documents: Set<DocumentHash>,
        now: EntryTime
    ) throws(RegistryRefusal) -> RegistryPlan {
        switch submission {
        case .step(let signed, let order, let notice):
            try plan(signed, order: order, notice: notice, documents: documents, now: now)
        case .approval(let signed): try plan(signed, now: now)
        case .stop(let signed): try plan(signed, now: now)
        case .noStop(let signed): try plan(signed, now: now)
        }
    }

    private func plan(
        _ signed: Signed<Step>,
        order: [UInt8]?,
        notice: [UInt8]?,
        documents: Set<DocumentHash>,
        now: EntryTime
    ) throws(RegistryRefusal) -> RegistryPlan {
        let step = signed.statement
        let inForce = try charterForOrders(now)
        let hash = signed.hash(with: Crypto.self)
        if let place = cases[step.caseID]?.places[hash] { throw .repeated(place.index, place.leaf) }
        guard step.charter == inForce.hash else { throw .otherCharter }
        _ = try check(signed, under: inForce, now)
        let file = try place(of: step)
        if let document = step.documents.first(where: { !documents.contains($0) }) { throw .missingDocument(document) }
        var plan = RegistryPlan()
        plan.hash = hash
        plan.papers = [Paper(.step, of: step.caseID, hash: hash, signed.text)]
        let input = try input(step, order: order, notice: notice, under: inForce.charter, &plan)
        if case .propose = input {
            // Nothing shows otherwise that the charter was in effect before it.
            guard let newest, newest.notBefore >= inForce.effective else { throw .tooEarly }
            plan.marks = [RegistryPlan.Mark(caseID: step.caseID, checkpoint: newest)]
        }
        var desk = file?.desk ?? CaseDesk(caseID: step.caseID)
        do throws(DeskRefusal) {
            plan.entries = try desk.handle(
                input,
                after: step.previous,
                assertion: hash,
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

    /// - Returns: `nil` for a case that begins.
    private func place(of step: Step) throws(RegistryRefusal) -> CaseFile? {
        if case .contact = step.deed {
            guard book.head(of: step.caseID) == nil else { throw .caseExists }
            guard step.previous == nil else { throw .wrongPrevious(nil) }
            guard cases.values.count(where: { $0.closed == nil }) < Self.mostOpenCases else { throw .tooManyCases }
            return nil
        }
        let file = try openCase(step.caseID)
        guard step.previous == file.head else { throw .wrongPrevious(file.head) }
        return file
    }

    private func input(
        _ step: Step,
        order: [UInt8]?,
        notice: [UInt8]?,
        under charter: Charter,
        _ plan: inout RegistryPlan
    ) throws(RegistryRefusal) -> CaseInput {
        switch step.deed {
        case .contact(let requester, let instrument):
            return .contact(by: step.seat, requester: requester, instrument)
        case .authenticate(let passed): return .authenticate(by: step.seat, passed: passed)
        case .docket(let requester, let instrument, let earlier):
            return .docket(by: step.seat, requester: requester, instrument, earlier: earlier)
        case .check(let outcome): return .check(by: step.seat, outcome)
        case .propose(let hash):
            guard let order, hash == .of(document: order, with: Crypto.self) else { throw .wrongText }
            let parsed: Order
            do throws(OrderRefusal) { parsed = try Order(parsing: order) } catch { throw .order(error) }
            // Who proposes is who signs.
            guard parsed.proposer == step.seat else { throw .wrongRole(step.seat) }
            plan.papers.append(Paper(.order, of: step.caseID, hash: hash, order))
            return .propose(parsed)
        case .notice(let order, let receipt):
            let standing = cases[step.caseID]?.desk
            guard order == standing?.progress.order else { throw .desk(.otherOrder) }
            // The log's entry names no seat, so that nobody else asks.
            guard charter.seat(step.seat)?.role.handlesCases == true else {
                throw .wrongRole(step.seat)
            }
            if let receipt {
                guard let notice, receipt == .of(document: notice, with: Crypto.self),
                    let read = NoticeReceipt(parsing: notice), read.order == order,
                    read.subject == standing?.order?.subject
                else { throw .wrongText }
                plan.papers.append(Paper(.notice, of: step.caseID, hash: receipt, notice))
            }
            return .notice(receipt)
        case .close(let outcome): return .close(by: step.seat, outcome)
        }
    }
}
