// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance

/// Why a custodian releases nothing, or a recipient opens nothing.
public enum ReleaseRefusal: Error, Hashable, Sendable {
    /// Record, order and this custodian or recipient aren't all of one deployment.
    case otherDeployment
    /// The order, or the shares, name another record.
    case otherRecord
    /// The order's subject is another account than the record's owner, or the salt isn't the order's.
    case otherSubject
    /// The shares are sealed to another key.
    case otherKey
    /// The shares are of other fields than the record has.
    case otherFields
    /// The permit is for something else.
    case notADisclosure
    /// The order can be executed no more.
    case permitExpired
    /// The record's retention is over: it should be gone.
    case expired
    /// More than ``ReleaseBook/mostPerDay`` records in 24 hours.
    case tooManyToday
    /// The record has no such field.
    case unknownField(Name)
    /// The custodian isn't one now.
    case custodian(CustodianRefusal)
    /// This custodian's share of this field isn't the one that the owner made, or doesn't open.
    case wrongShare(Name, Name)
    /// The seat's passkey hasn't signed the release.
    case assertion(Name, AssertionRefusal)
    /// Signed for other shares, another order or charter than these.
    case releaseOfAnother(Name)
    /// A custodian, or a place, twice.
    case twice(Name)
    /// Fewer than three releases.
    case tooFew(Int)
    /// The shares are the owner's, and yet give another secret than the owner committed to.
    case inconsistentRecord(Name)
    case crypto(CryptoRefusal)
}
