// SPDX-License-Identifier: Apache-2.0

public import Base
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
    public internal(set) var progress: CaseProgress
    /// Who has confirmed the order that is proposed now.
    public internal(set) var approvers: [Name] = []
    /// Seats that passed a check of this case.
    public internal(set) var checkers: [Name] = []
    /// The order that is proposed now, as it is written.
    public internal(set) var order: Order?
    /// When earlier cases about the same subject were received: whoever docketed them knows.
    public internal(set) var earlier: [EntryTime] = []

    public init(caseID: CaseID) {
        self.caseID = caseID
        progress = CaseProgress()
    }

    /// - Parameters:
    ///   - previous: the leaf hash of the case's last logged entry; `nil` for a new case.
    ///   - assertion: SHA-256 of the signed ``Step`` that the input comes from. Approvals and stops bring their own.
    public mutating func handle<Crypto: CryptoProvider>(
        _ input: CaseInput,
        after previous: TreeHash?,
        assertion: DocumentHash? = nil,
        under charter: Charter,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(DeskRefusal) -> [LogEntry] {
        var next = self
        let entries = try next.step(
            input,
            CaseEntries(caseID, previous, now, assertion: assertion),
            charter,
            now,
            crypto
        )
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
            guard let outcome = expired(now, charter) else { return [] }
            return [try entries.entry(.closed, [(.outcome, outcome)])]
        }
    }
}
