// SPDX-License-Identifier: Apache-2.0

/// Why an entry has no place in the life of its case (docs/log.md).
public enum CaseRefusal: Error, Hashable, Sendable {
    /// It follows another entry, but its case has none.
    case unknownCase
    /// It says that it is the first of a case that has begun.
    case caseBegunTwice
    /// It doesn't follow the case's last entry: a fork, or one left out.
    case wrongPrevious
    /// It is older than the entry before it.
    case timeRunsBackwards
    /// The case is closed, and this is no opening.
    case caseClosed
    /// There is no such commitment in this case, or it is open already.
    case opensNothing
    /// Salt and content aren't what the commitment was made to.
    case wrongOpening
    /// More cases than the reader is willing to hold.
    case tooManyCases
}
