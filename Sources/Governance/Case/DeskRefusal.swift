// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why the desk doesn't take what it is handed.
public enum DeskRefusal: Error, Hashable, Sendable {
    /// Not the case's next step, or not for that seat to take.
    case rule(CaseRule)
    case entry(EntryRefusal)
    /// Five days are over.
    case tooLate
    /// Of another case, or not the order that is proposed.
    case otherOrder
    /// Under another charter than the one in force.
    case otherCharter
    case actionNotInCharter
    case assertion(AssertionRefusal)
    /// The seat is too near to somebody.
    case conflict(Exclusion)
    /// Three cases or more about one subject in 180 days: an external reviewer has to check this one first.
    case repeatedTargeting
    case quorumMissed
    /// No embargo, and no receipt.
    case noticeMissing
}
