// SPDX-License-Identifier: Apache-2.0

import Base

/// A Binding request on its way (RFC 8489 §6.2.1).
struct CheckTransaction: Sendable {
    /// Rc of RFC 8489 §6.2.1, more of them because the wait is bounded; the time until giving up is the same 39.5 s.
    static let sendLimit = 32
    /// RFC 8489 doubles the wait without end. At 20 % loss every third check is lost, and five doublings are a quarter
    /// of a minute; browsers go on once or twice a second.
    static let maximumTimeout = Interval.seconds(1)
    /// RFC 8445 §14.3: not below 500 ms.
    static let initialTimeout = Interval.milliseconds(500)
    /// Rm × RTO of RFC 8489 §6.2.1: how long the last one is waited for.
    static let finalWait = Interval.milliseconds(8_000)

    let id: STUNTransactionID
    let generation: Int
    let address: TransportAddress
    let bytes: [UInt8]
    let useCandidate: Bool
    let wasControlling: Bool
    /// A consent check (RFC 7675 §5.1) is sent once; the next one is a new transaction.
    let isConsent: Bool
    var sent = 1
    /// Next retransmission, or giving up after the last.
    var due: Moment

    /// Whether the same bytes are to be sent again; otherwise the transaction has timed out.
    mutating func retransmits(now: Moment) -> Bool {
        guard !isConsent, !address.isTCP, sent < Self.sendLimit else { return false }
        let wait = sent == Self.sendLimit - 1 ? Self.finalWait : min(Self.initialTimeout * 2, Self.maximumTimeout)
        sent += 1
        due = now + wait
        return true
    }

    static func firstWait(isConsent: Bool, address: TransportAddress) -> Interval {
        // RFC 8489 §6.2.2: over TCP the stream retransmits; Ti = 39.5 s.
        if isConsent { return .seconds(10) }
        return address.isTCP ? .milliseconds(39_500) : initialTimeout
    }
}
