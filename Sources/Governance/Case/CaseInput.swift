// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What happens to a case.
public enum CaseInput: Sendable {
    /// Somebody was asked for something. All that a liaison can do.
    case contact(by: Name, requester: Country, Instrument)
    /// Whether it was asked by whom it says: after a call back, or not.
    case authenticate(by: Name, passed: Bool)
    /// - earlier: when cases about the same subject were received before.
    case docket(by: Name, requester: Country, Instrument, earlier: [EntryTime])
    case check(by: Name, CheckOutcome)
    case propose(Order)
    case approval(Signed<Approval>)
    /// The quorum is complete.
    case approved
    /// The receipt's hash; `nil` where the order has an embargo.
    case notice(DocumentHash?)
    case stop(Signed<Stop>)
    case executed(Permit)
    case close(by: Name, CloseOutcome)
    /// The clock.
    case tick
}
