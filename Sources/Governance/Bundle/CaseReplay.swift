// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// Walks through the entries that matter for an order.
struct CaseReplay {
    private let verified: VerifiedOrder
    private let nonceHash: DocumentHash
    private let caseID: CaseID
    private(set) var progress: CaseProgress
    private var head: TreeHash?
    private(set) var proposed: UInt64?
    private(set) var approved: UInt64?
    private(set) var noticed: UInt64?
    private(set) var notice: LogEntry?
    private(set) var stopping: [Name] = []
    private(set) var revocations: [LoggedOrder.Revocation] = []
    private(set) var executions: [LoggedOrder.Execution] = []
    private var approvals: [LoggedApproval] = []

    struct LoggedApproval {
        let seat: Name
        let stage: ApprovalStage
        let decision: Decision
        let assertion: DocumentHash?
        let index: UInt64
        let leaf: TreeHash
    }

    init(_ verified: VerifiedOrder, nonceHash: DocumentHash, start: UInt64) {
        self.verified = verified
        self.nonceHash = nonceHash
        caseID = verified.order.caseID
        progress = CaseProgress()
    }

    mutating func read<Crypto: CryptoProvider>(
        _ bytes: [UInt8],
        at index: UInt64,
        in range: LoggedRange,
        with crypto: Crypto.Type
    ) throws(PermitRefusal) {
        guard let read = try? ReadEntry(parsing: bytes) else { throw .unreadableEntry(index) }
        let leaf = MerkleTree<Crypto>.leafHash(bytes)
        if let link = read.link, link.caseID == caseID {
            // The case from its first entry on, nothing left out: `previous` of the first is none.
            guard link.previous == head else { throw .brokenCase(index) }
            head = leaf
            guard case .known(let entry) = read else { throw .unknownEntry(index) }
            do throws(CaseRule) { try progress.admit(entry, under: verified.inForce.charter) } catch {
                throw .caseRule(index, error)
            }
            try note(entry, leaf, index)
        }
        guard case .known(let entry) = read else { return }
        switch entry.type {
        case .charter: try noteCharter(entry, index, range)
        case .seat:
            if let seat = entry.text(.seat).flatMap({ Name($0) }), entry.text(.change)?.utf8.first == UInt8(ascii: "r")
            {
                revocations.append(LoggedOrder.Revocation(seat: seat, index: index))
            }
        case .halt, .objection:
            if entry.hash(.nonceHash) == nonceHash, let seat = entry.text(.actor).flatMap({ Name($0) }),
                !stopping.contains(seat)
            {
                stopping.append(seat)
            }
        case .executed:
            if let order = entry.hash(.order) {
                executions.append(LoggedOrder.Execution(order: order, index: index))
            }
        default: break
        }
    }

    /// Entries of the order's own case.
    private mutating func note(_ entry: LogEntry, _ leaf: TreeHash, _ index: UInt64) throws(PermitRefusal) {
        guard entry.hash(.order) == verified.signed.hash else { return }
        switch entry.type {
        case .proposed:
            let order = verified.order
            guard entry.text(.actor).flatMap({ Name($0) }) == order.proposer,
                entry.text(.action).flatMap({ Action(parsing: Array($0.utf8)[...]) }) == order.action,
                entry.hash(.charterHash) == order.charter
            else { throw .proposedOtherwise }
            proposed = index
        case .approval:
            guard let seat = entry.text(.actor).flatMap({ Name($0) }),
                let stage = entry.text(.stage).flatMap({ ApprovalStage(parsing: Array($0.utf8)[...]) }),
                let decision = entry.text(.decision).flatMap({ Decision(parsing: Array($0.utf8)[...]) })
            else { return }
            approvals.append(
                LoggedApproval(
                    seat: seat,
                    stage: stage,
                    decision: decision,
                    assertion: entry.hash(.assertion),
                    index: index,
                    leaf: leaf
                )
            )
        case .approved: approved = index
        case .notice:
            noticed = index
            notice = entry
        default: break
        }
    }

    private mutating func noteCharter(
        _ entry: LogEntry,
        _ index: UInt64,
        _ range: LoggedRange
    ) throws(PermitRefusal) {
        let inForce = verified.inForce
        guard let digits = entry.text(.version), let version = Decimal.parse(Array(digits.utf8)) else { return }
        if entry.hash(.document) == inForce.hash {
            return
        } else if version == inForce.charter.version {
            throw .charterForked
        } else if version > inForce.charter.version, let rule = inForce.charter.rule(for: .charter),
            let delay = rule.timelock
        {
            // It may have been logged as early as nobody says that it wasn't.
            guard range.absentUntil(index) + delay.seconds > range.execution.notAfter else { throw .charterSuperseded }
        }
    }

    /// Every approval in the bundle is one that the log has, in time and in order.
    func checkApprovals(
        of verified: VerifiedOrder,
        approved: UInt64,
        in range: LoggedRange
    ) throws(PermitRefusal) {
        var early: [Name] = []
        for confirm in verified.signed.confirms {
            let name = confirm.statement.seat
            do throws(ApprovalRefusal) {
                let isEarly = try check(confirm, of: name, approved: approved, in: range)
                if isEarly { early.append(name) }
            } catch {
                throw .approval(error)
            }
        }
        // What was ratified afterwards was approved by fewer.
        guard verified.inForce.charter.isSatisfied(verified.rule, by: early) else { throw .quorumMissed }
    }

    /// - Returns: true if it was confirmed before `approved`.
    private func check(
        _ confirm: Verified<Approval>,
        of name: Name,
        approved: UInt64,
        in range: LoggedRange
    ) throws(ApprovalRefusal) -> Bool {
        guard let intend = verified.signed.intends.first(where: { $0.statement.seat == name }),
            let first = place(of: intend, .intend)
        else { throw .notLogged(name, .intend) }
        guard let second = place(of: confirm, .confirm) else { throw .notLogged(name, .confirm) }
        guard confirm.statement.intend == first.leaf, first.index < second.index else { throw .confirmsAnother(name) }
        let isEmergency = verified.order.action == .discloseEmergency
        let pause: UInt64 = isEmergency ? 300 : 1_800
        guard range.absentUntil(second.index) >= range.loggedBy(first.index) + pause else { throw .tooQuick(name) }
        for other in approvals where other.seat == name && other.decision != .approve && other.index > second.index {
            throw .withdrawn(name)
        }
        if let seat = verified.inForce.charter.seat(name) {
            guard seat.since.seconds <= range.absentUntil(first.index),
                seat.until.map({ range.loggedBy(second.index) < $0.seconds }) ?? true
            else { throw .outOfOffice(name) }
        }
        if second.index < approved { return true }
        guard isEmergency, range.loggedBy(second.index) <= range.loggedBy(approved) + LoggedOrder.ratification else {
            throw .afterApproved(name)
        }
        return false
    }

    private func place(of approval: Verified<Approval>, _ stage: ApprovalStage) -> LoggedApproval? {
        approvals.first {
            $0.seat == approval.statement.seat && $0.stage == stage && $0.decision == .approve
                && $0.assertion == approval.hash
        }
    }
}
