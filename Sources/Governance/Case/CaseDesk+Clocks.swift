// SPDX-License-Identifier: Apache-2.0

public import Transparency

extension CaseDesk {
    func isOverdue(_ time: UInt64, _ now: EntryTime) -> Bool {
        progress.received.map { now.seconds > $0.seconds + time } ?? false
    }

    /// What the clock ends by itself: unauthenticated after five days, unexecuted after the order's end, unratified after 48 hours.
    func expired(_ now: EntryTime, _ charter: Charter) -> String? {
        if isVoid(at: now, under: charter) { return "expired" }
        return switch progress.state {
        case .received: isOverdue(CaseDesk.authenticationTime, now) ? "expired" : nil
        case .proposed, .approving, .timeLocked, .noticed, .embargoed:
            order.map { now >= $0.expires } ?? false ? "expired" : nil
        default: nil
        }
    }

    /// True for what was approved as an emergency and not confirmed by the quorum of `disclose` within 48 hours, executed or not.
    public func isVoid(at now: EntryTime, under charter: Charter) -> Bool {
        guard let void = ratificationEnd, now >= void, progress.state != .halted, progress.state != .closed else {
            return false
        }
        guard let rule = charter.rule(for: .disclose) else { return true }
        return !charter.isSatisfied(rule, by: approvers)
    }

    private var ratificationEnd: EntryTime? {
        guard order?.action == .discloseEmergency, let approved = progress.approvedAt else { return nil }
        return EntryTime(seconds: approved.seconds + LoggedOrder.ratification)
    }

    /// The next moment at which ``CaseInput/tick`` may change something.
    public var deadline: EntryTime? {
        switch progress.state {
        case .received: progress.received.flatMap { EntryTime(seconds: $0.seconds + CaseDesk.authenticationTime + 1) }
        case .proposed, .approving: order?.expires
        case .timeLocked, .noticed, .embargoed: ratificationEnd ?? order?.expires
        case .executed, .delivered: ratificationEnd
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
