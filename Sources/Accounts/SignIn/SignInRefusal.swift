// SPDX-License-Identifier: Apache-2.0

public import Governance
public import Transparency

/// Why somebody isn't signed in. There is no case for "because we say so".
public enum SignInRefusal: Error, Hashable, Sendable {
    /// For another deployment.
    case otherDeployment
    /// Written for another node: it was passed on.
    case otherOrigin
    /// The certificate is another account's.
    case otherAccount
    /// Not a challenge of this node.
    case foreignChallenge
    /// Older than ``SignInDesk/lifetime``.
    case expired
    /// This challenge was answered before.
    case answeredAlready
    case wrongSignature
    /// More sign-ins at a time than are remembered, by whomever.
    case busy
    /// By this order, until then.
    case suspended(order: DocumentHash, until: EntryTime)
}
