// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why a node doesn't take what a seat brings (docs/orders-api.md has the names).
public enum RegistryRefusal: Error, Hashable, Sendable {
    // The charter.
    /// The charter has no seats.
    case noSeats
    /// The log has no witnesses that the charter counts, or none have cosigned yet.
    case notWitnessed
    case charterExpired
    /// Signed under another charter than the one in effect.
    case otherCharter
    case chain(ChainRefusal)

    // The seat.
    case unknownSeat(Name)
    case assertion(AssertionRefusal)
    case outOfOffice(Name)
    /// The seat's voice was taken away.
    case seatRevoked(Name)
    /// Not a thing for that seat's role.
    case wrongRole(Name)
    /// A statement of another deployment.
    case otherGenesis
    /// Dated too long ago, or ahead.
    case stale
    /// A seat key older than the one that counts.
    case olderKey

    // The case.
    case unknownCase
    case caseExists
    case tooManyCases
    case tooManyEntries
    /// The case's last entry is another one.
    case wrongPrevious(TreeHash?)
    /// It is in the log, there.
    case repeated(UInt64, TreeHash)
    case desk(DeskRefusal)
    /// The log's cases don't take the entry.
    case book(CaseRefusal)
    /// A document that the step names isn't here.
    case missingDocument(DocumentHash)

    // The order.
    case order(OrderRefusal)
    /// The text that came along isn't the one named, or there is none.
    case wrongText
    case unknownOrder
    /// Witnesses don't say that the pause since the `intend` is over.
    case tooQuick
    /// A `confirm` that names another `intend` than the seat's own last one.
    case confirmsAnother
    /// Witnesses don't say that the lock is over, or that the charter is in effect.
    case tooEarly
    /// A no-stop names a tree that isn't one of the last.
    case unknownCheckpoint
    case tooMany
}
