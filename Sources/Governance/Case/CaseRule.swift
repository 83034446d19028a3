// SPDX-License-Identifier: Apache-2.0

/// Why an entry isn't the next step of its case.
public enum CaseRule: Error, Hashable, Sendable {
    /// The step doesn't follow from where the case stands: no state is skipped.
    case outOfTurn(CaseState?)
    /// The charter has no such seat.
    case unknownSeat(Name)
    /// A liaison registers contacts and nothing else.
    case liaisonMayOnlyRegister(Name)
    /// The seat's role doesn't do that.
    case wrongRole(Name)
    /// It speaks of another order than the one that is proposed.
    case otherOrder
}
