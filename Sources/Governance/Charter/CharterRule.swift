// SPDX-License-Identifier: Apache-2.0

/// What a charter breaks (docs/charter.md).
public enum CharterRule: Error, Hashable, Sendable {
    // How it is written.
    /// Longer than ``Charter/longest``, or more seats, groups or credentials than we read.
    case tooLarge
    /// A line without its newline, or with a byte that isn't printable ASCII.
    case malformedLine
    /// The first line isn't `vigil-charter/v1`.
    case wrongHeader
    /// No such keyword, or not at this place.
    case unknownKeyword
    /// Too few items or too many for the keyword.
    case wrongItemCount
    /// An item that isn't what belongs there.
    case invalidItem
    /// Everything is understood, but it is written in another way than this version writes it.
    case notCanonical
    /// A word of the list of what can never be ordered.
    case neverOrderable(NeverListed)

    // The whole.
    /// Version 1 has no version before it, every other one has.
    case wrongPrevious
    /// Not longer in force than 13 months (397 days).
    case expiryTooFar
    /// It ends before it begins.
    case expiresBeforeIssue

    // Seats.
    /// Two seats or groups of one name.
    case duplicateName
    /// One person has one seat: holder, credential or key is another seat's, or twice the same one's.
    case personTwice
    /// Fewer than two credentials.
    case tooFewCredentials
    /// A passkey that is copied to somebody's cloud (WebAuthn L3 §6.1.3) has that cloud's jurisdiction as well.
    case syncedCredential
    /// The origin isn't the RP ID's, or the RP ID isn't one for approvals (`approve.…`).
    case wrongOrigin
    /// No point of P-256.
    case invalidKey
    /// A term of office that ends before it begins.
    case untilBeforeSince

    // Groups.
    /// Not defined on a line before.
    case undefinedName
    /// Not `1 <= k <= n`.
    case invalidThreshold
    /// Twice in one group, or in two groups of one quorum.
    case memberTwice
    /// Groups inside of groups, deeper than ``Charter/deepest``.
    case tooDeep

    // Actions.
    /// A seat of a role that may not count in this quorum.
    case wrongRole(Action)
    /// A single seat would be enough to act.
    case oneSeatSuffices(Action)
    /// More different countries or organisations than the quorum's seats have.
    case distinctUnreachable(Action)
    /// What every act on somebody excludes isn't excluded: requester's jurisdiction, proposer, source of evidence.
    case exclusionMissing(Action)
    /// Less than the floor: an hour for acts, 14 days for a charter.
    case timelockTooShort(Action)
    /// No time lock where there must be one.
    case timelockMissing(Action)
    /// What only takes power away waits for nothing and needs nothing more than a quorum.
    case reducingPowerIsSlow(Action)
    /// No rule for notice, or one that this action can't have.
    case wrongNotice(Action)
    /// Longer than notice may be put off: 12 months (366 days); in an emergency 30 days.
    case embargoTooLong(Action)
    /// No limit of effect where there must be one, one where there can't be, or more than the most.
    case wrongEffect(Action)
    /// No expiry of orders, or later than 30 days.
    case wrongExpiry(Action)
    /// Acts, but no quorum for `halt` or `seat-revoke`.
    case nothingStopsActs
    /// An advocate whose word alone isn't enough to halt.
    case advocateCannotHalt
}
