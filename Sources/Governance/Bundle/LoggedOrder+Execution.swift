// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// What has to hold at the moment of the act.
extension LoggedOrder {
    /// Within so long the whole quorum must ratify what was done in an emergency: 48 hours.
    static let ratification: UInt64 = 48 * 3_600

    /// When the lock is over: seconds since 1970.
    func lockEnd(in range: LoggedRange) -> UInt64 {
        range.loggedBy(approved) + (verified.rule.timelock?.seconds ?? UInt64(Int64.max))
    }

    func checkTimes(in range: LoggedRange, now: UInt64) throws(PermitRefusal) {
        let witnessed = range.execution.notBefore
        guard now < verified.inForce.charter.expires.seconds else { throw .charterExpired }
        guard now < order.expires.seconds else { throw .expired }
        guard witnessed >= lockEnd(in: range) else { throw .timeLocked }
        guard now >= order.notBefore.seconds, witnessed >= order.notBefore.seconds else { throw .tooEarly }
        if order.action == .discloseEmergency, !verified.isRatified {
            guard now < range.loggedBy(approved) + LoggedOrder.ratification else { throw .emergencyVoid }
        }
    }

    func checkNotice<Crypto: CryptoProvider>(
        _ document: [UInt8]?,
        in range: LoggedRange,
        with crypto: Crypto.Type
    ) throws(PermitRefusal) {
        if case .embargo(let until, _) = order.notice {
            guard notice.time(.embargoUntil) == until, document == nil else { throw .wrongEmbargo }
            return
        }
        guard let document, notice.hash(.receipt) == .of(document: document, with: crypto),
            let receipt = NoticeReceipt(parsing: document), receipt.order == hash, receipt.subject == order.subject
        else { throw .wrongNotice }
        if case .before(let lead)? = verified.rule.notice {
            guard range.loggedBy(noticed) + lead.seconds <= range.execution.notBefore else { throw .noticeTooLate }
        }
    }

    /// The sender of what grounds it was put out before the meeting as a whole is (RT-35).
    func checkNarrower<Crypto: CryptoProvider>(_ text: [UInt8]?, with crypto: Crypto.Type) throws(PermitRefusal) {
        guard let narrower = order.narrowerOrder else {
            guard text == nil else { throw .narrowerUntried }
            return
        }
        guard let text, narrower == .of(document: text, with: crypto), let tried = try? Order(parsing: text),
            tried.scope == .member(ofMeeting: order.subject),
            executions.contains(where: { $0.order == narrower && $0.index < proposed })
        else { throw .narrowerUntried }
    }

    func checkStops(_ book: StopBook) throws(PermitRefusal) {
        let charter = verified.inForce.charter
        for name in book.revoked {
            if verified.signed.seats.contains(name) { throw .approval(.revoked(name)) }
            if name == order.proposer { throw .proposerRevoked }
        }
        for name in book.stopping where verified.signed.seats.contains(name) { throw .approval(.withdrawn(name)) }
        if let rule = charter.rule(for: .halt), charter.isSatisfied(rule, by: book.stopping) {
            throw .stopped(book.stopping)
        }
    }

    /// An advocate has seen the log of after the lock, and stops nothing.
    func checkNoStops<Crypto: CryptoProvider>(
        _ receipts: [[UInt8]],
        in range: LoggedRange,
        now: UInt64,
        with crypto: Crypto.Type
    ) throws(PermitRefusal) {
        let charter = verified.inForce.charter
        let end = lockEnd(in: range)
        var isSeen = !charter.seats.contains { $0.role == .advocate }
        for (number, text) in receipts.enumerated() {
            let signed: Signed<NoStop>
            do throws(StatementRefusal) { signed = try Signed(parsing: text) } catch { throw .noStop(number, error) }
            let receipt: NoStop
            do throws(AssertionRefusal) {
                receipt = try signed.verify(under: charter, with: crypto).statement
            } catch {
                throw .noStopAssertion(signed.statement.seat, error)
            }
            guard charter.seat(receipt.seat)?.role == .advocate else { throw .noStopByOther(receipt.seat) }
            guard receipt.order == hash, receipt.charter == order.charter else { throw .noStopForOther(receipt.seat) }
            guard receipt.time.seconds >= end, receipt.time.seconds <= now,
                range.heads.contains(where: { $0.head == receipt.head && $0.notBefore >= end })
            else { throw .noStopTooEarly(receipt.seat) }
            isSeen = true
        }
        guard isSeen else { throw .noStopMissing }
    }
}
