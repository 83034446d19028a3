// SPDX-License-Identifier: Apache-2.0

/// The rule by which a bundle gives no permit (docs/orders.md).
public enum PermitRefusal: Error, Hashable, Sendable {
    // The order and its charter.
    case order(OrderRefusal)
    case chain(ChainRefusal)
    /// The order is under another version of the charter, or another charter, than the chain leads to.
    case otherCharter
    /// Nobody can do this under the charter.
    case actionNotInCharter
    /// More fields, or a longer suspension, than the charter allows.
    case effectBeyondCharter
    /// The order lives longer than the charter allows.
    case expiryBeyondCharter
    /// The charter asks for notice of another kind.
    case noticeBeyondCharter
    /// The charter allows no embargo, or none as long.
    case embargoBeyondCharter
    case unknownProposer
    /// The proposer's role doesn't propose: a liaison, an advocate.
    case proposerMayNotPropose
    /// The proposer's voice was taken away.
    case proposerRevoked
    /// Evidence from a seat that the charter doesn't have.
    case unknownSource

    // Approvals.
    case approval(ApprovalRefusal)
    /// A seat that is said to attest the jurisdiction didn't approve.
    case jurisdictionNotAttested(Name)
    /// Too few, or not of all groups.
    case quorumMissed
    /// Enough, but of too few countries or organisations.
    case notDistinct

    // The log.
    case range(RangeRefusal)
    /// The witnesses' newest word is older than 10 minutes.
    case staleCheckpoint
    /// The bundle's entries begin after the charter's: what came between isn't shown.
    case charterNotInRange
    /// Another charter of the same version was logged.
    case charterForked
    /// A newer version is in effect.
    case charterSuperseded
    /// The charter wasn't in effect when the order was proposed.
    case charterNotInEffect
    case charterExpired
    /// An entry that speaks of this order or case can't be read, by its index.
    case unreadableEntry(UInt64)
    /// An entry of this case that this version doesn't know: it may be a stop.
    case unknownEntry(UInt64)
    /// The case's entries don't follow each other.
    case brokenCase(UInt64)
    /// Entry by its index: not a step that the case can take there.
    case caseRule(UInt64, CaseRule)
    /// The order isn't the one proposed in its case.
    case notProposed
    /// Proposed by another seat, for another action, or under another charter than the order says.
    case proposedOtherwise
    /// Drafted after it was proposed.
    case draftedLater
    /// Witnesses hadn't seen it by the moment from which it may be executed.
    case proposedTooLate
    /// The case isn't at the point where an order may be executed.
    case notExecutable(CaseState?)
    /// It was executed before.
    case executedAlready

    // Time.
    /// The lock since `approved` isn't over, by witnesses' clocks.
    case timeLocked
    case tooEarly
    case expired
    /// An emergency order that wasn't ratified in 48 hours.
    case emergencyVoid

    // Notice, narrower measures, stops.
    /// What lies in the bundle isn't what the log has a receipt for, or it speaks of another order.
    case wrongNotice
    /// The person wasn't told as long before as the charter asks.
    case noticeTooLate
    /// The log's end of the embargo isn't the order's.
    case wrongEmbargo
    /// The narrower order isn't in the bundle, isn't an `eject` of that meeting, or wasn't executed before.
    case narrowerUntried
    /// These seats stop it.
    case stopped([Name])
    /// An advocate's receipt isn't one, by its place in the bundle.
    case noStop(Int, StatementRefusal)
    case noStopAssertion(Name, AssertionRefusal)
    /// A receipt by somebody who is no advocate.
    case noStopByOther(Name)
    /// A receipt for another order or charter.
    case noStopForOther(Name)
    /// A receipt of before the lock was over, or that names no tree of after it.
    case noStopTooEarly(Name)
    /// The charter has advocates, and none has given a receipt.
    case noStopMissing
}
