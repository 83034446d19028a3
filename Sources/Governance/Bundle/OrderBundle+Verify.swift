// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

extension OrderBundle {
    /// How old the witnesses' word may be when something is done: 10 minutes.
    public static let freshness: UInt64 = 600
    /// By how much clocks may differ: a minute.
    public static let clockTolerance: UInt64 = 60

    /// Judges the bundle: may this be done now (design §6; governance.md §9.4)? Pure: no clock, no network.
    ///
    /// ```
    /// OrderBundle → Order → SignedOrder → VerifiedOrder → LoggedOrder → Permit
    /// ```
    ///
    /// - Parameters:
    ///   - stops: every signed stop that the verifier knows of, from wherever; those that don't verify are ignored.
    ///   - genesis: the hash of the first charter, known from outside of the bundle (the link's card).
    ///   - checkpoint: the newest that the verifier knows of, fetched from witnesses too. The bundle's entries must reach exactly to it.
    ///   - now: the verifier's clock.
    /// - Throws: the rule that refuses.
    public func verify<Crypto: CryptoProvider>(
        stops: [Signed<Stop>],
        genesis: DocumentHash,
        checkpoint: SignedCheckpoint,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(PermitRefusal) -> Permit {
        let order: Order
        do throws(OrderRefusal) { order = try Order(parsing: self.order) } catch { throw .order(error) }
        let latest = now.advanced(by: OrderBundle.clockTolerance)
        let inForce: CharterInForce
        do throws(ChainRefusal) {
            inForce = try CharterInForce(chain: charters, genesis: genesis, now: latest, with: crypto)
        } catch {
            throw .chain(error)
        }
        guard order.charter == inForce.hash else { throw .otherCharter }
        let signed: SignedOrder
        do throws(ApprovalRefusal) {
            signed = try SignedOrder(order, approvals: approvals, under: inForce, with: crypto)
        } catch {
            throw .approval(error)
        }
        let verified = try VerifiedOrder(signed, under: inForce)
        let range: LoggedRange
        do throws(RangeRefusal) {
            range = try LoggedRange(self, to: checkpoint, under: inForce.policy, now: latest, with: crypto)
        } catch {
            throw .range(error)
        }
        guard now.seconds <= range.execution.notBefore + OrderBundle.freshness else { throw .staleCheckpoint }
        let logged = try LoggedOrder(verified, in: range, with: crypto)
        try logged.checkStops(StopBook(stops, and: logged, in: range, now: latest.seconds, with: crypto))
        try logged.checkTimes(in: range, now: now.seconds)
        try logged.checkNotice(notice, in: range, with: crypto)
        try logged.checkNarrower(narrower, with: crypto)
        try logged.checkNoStops(noStops, in: range, now: latest.seconds, with: crypto)
        return Permit(
            order: signed.hash,
            order,
            under: inForce,
            until: logged.until(in: range),
            head: range.execution.head
        )
    }
}

extension LoggedOrder {
    fileprivate func until(in range: LoggedRange) -> EntryTime {
        if case .account(let until) = order.scope { return until }
        var until = min(order.expires, verified.inForce.charter.expires)
        if order.action == .discloseEmergency, !verified.isRatified,
            let void = EntryTime(seconds: range.loggedBy(approved) + LoggedOrder.ratification)
        {
            until = min(until, void)
        }
        return until
    }
}
