// SPDX-License-Identifier: Apache-2.0

/// Why an approval in a bundle doesn't count. A bundle carries only approvals that do.
public enum ApprovalRefusal: Error, Hashable, Sendable {
    /// Which part isn't a signed approval, counted from 0.
    case malformed(Int, StatementRefusal)
    /// Given to another order, or to this one before it was edited.
    case otherOrder(Name)
    /// Given under another charter.
    case otherCharter(Name)
    /// The seat refuses, or asks for less.
    case notAnApproval(Name)
    case assertion(Name, AssertionRefusal)
    /// One seat twice in one stage.
    case seatTwice(Name)
    /// `intend` without `confirm`, or the other way round.
    case halfAnApproval(Name)

    // Who may.
    /// The seat's role doesn't approve: a liaison, a clerk, an advocate.
    case wrongRole(Name)
    /// The seat is in no quorum for this action.
    case notInQuorum(Name)
    /// The seat has a tie to the requester's country.
    case requesterJurisdiction(Name)
    /// The seat proposed the order, or is of the same organisation.
    case proposer(Name)
    /// The seat brought evidence, or is of the same organisation.
    case evidenceSource(Name)
    /// The seat's voice was taken away.
    case revoked(Name)
    /// The seat has changed its mind.
    case withdrawn(Name)
    /// The seat's term hadn't begun, or was over.
    case outOfOffice(Name)

    // When.
    /// The log has no such approval by that seat.
    case notLogged(Name, ApprovalStage)
    /// The `confirm` names another `intend` than the one in the log, or stands before it.
    case confirmsAnother(Name)
    /// Witnesses don't say that `confirm` came 30 minutes after `intend` (5 in an emergency).
    case tooQuick(Name)
    /// Logged after `approved`.
    case afterApproved(Name)
}
