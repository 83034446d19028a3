// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why a chain of charters leads nowhere.
public enum ChainRefusal: Error, Hashable, Sendable {
    /// The charter of this version isn't one.
    case charter(CharterRefusal)
    /// The first charter isn't the one that the verifier knows.
    case otherGenesis
    /// A version doesn't follow the one before it: number, hash, or name of the deployment.
    case brokenChain
    /// The charter names another log policy than the one that lies beside it.
    case otherLogPolicy
    /// The log policy isn't one.
    case logPolicy(PolicyRefusal)
    /// The log policy names more than one log: then nothing shows that no stop was logged in the other.
    case severalLogs
    /// The log isn't that of the version before.
    case otherLog
    /// The entry that lies beside it isn't this charter's.
    case wrongEntry
    /// No tlog-proof, or one with something unsigned in it.
    case malformedProof
    /// The charter isn't in the log, or no quorum of witnesses says so.
    case notLogged(MerkleRefusal)
    case checkpoint(CheckpointFault)
    /// Dated later than it was logged.
    case issuedInFuture
    /// Logged more than 7 days after its date: it may be an old version that is shown again, to hide what followed it.
    case loggedTooLate
    /// Dated less than 7 days after the version before.
    case issuedTooSoon
    /// The version before has no rule for changing it.
    case cannotChange
    /// A keeper's approval isn't one.
    case approval(StatementRefusal)
    /// A keeper's approval of something else.
    case approvalOfAnother
    /// One keeper twice.
    case keeperTwice(Name)
    /// Not signed by a seat of either version.
    case assertion(Name, AssertionRefusal)
    /// Too few keepers of the old version, or of too few countries or organisations.
    case oldQuorumMissed
    /// The same of the new one.
    case newQuorumMissed
    /// The version before had expired by the time that this one was logged.
    case renewedTooLate
}
