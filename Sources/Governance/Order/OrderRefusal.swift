// SPDX-License-Identifier: Apache-2.0

/// Why a text is no order, whatever the charter says (docs/orders.md).
public enum OrderRefusal: Error, Hashable, Sendable {
    /// More than ``Order/longest``.
    case tooLong
    /// The first line isn't `vigil-order/v1`.
    case wrongHeader
    /// A line that must stand here doesn't, or not with one value.
    case missingLine(OrderLine)
    /// A value that isn't what belongs on this line.
    case invalidValue(OrderLine)
    /// Something follows the last line, or a line stands where none of that kind may.
    case unexpectedLine

    /// A word of the list of what can never be ordered.
    case neverOrderable(NeverListed)
    /// Stops and charters have statements of their own.
    case actionTakesNoOrder(Action)
    /// Not a commitment to exactly one: a wildcard, a list, a cohort.
    case notOneSubject
    /// Fields twice, or not in their order.
    case unsortedFields
    /// More fields than an order may ever ask for: 16, in an emergency 3.
    case tooManyFields
    /// A suspension that doesn't end within 30 days.
    case suspensionTooLong

    /// The conduct has no beginning before its end.
    case conductInverted
    /// Conduct that lay ahead when the order was drafted, or that nobody had observed.
    case futureConduct
    /// Nobody has said why the subject is under the requester's jurisdiction.
    case jurisdictionUnknown
    /// Only the requester says so.
    case jurisdictionByRequester
    /// Seats twice, or not in their order.
    case unsortedSeats
    /// Pictures, screenshots, profiles, reports and hearsay ground nothing.
    case inadmissibleEvidence
    /// A message out of a meeting that wasn't accountable from its start proves nothing.
    case deniableEvidence
    /// The evidence's author is somebody else, or it is from another meeting.
    case evidenceAgainstAnother
    /// The author's key was younger than 30 days: somebody may have made it for the purpose.
    case evidenceFromYoungKey
    /// An act upon somebody's conduct without any evidence of it.
    case evidenceMissing
    /// More pieces of evidence than 16.
    case tooMuchEvidence

    /// May be executed before it is drafted.
    case notBeforeDraft
    /// Doesn't end after it begins, or later than 30 days after its draft.
    case wrongExpiry
    /// An embargo that ends before the act, or later than 12 months after it.
    case wrongEmbargo
}
