// SPDX-License-Identifier: Apache-2.0

/// Why a STUN message changed nothing.
public enum ICERefusal: Error, Hashable, Sendable {
    case malformed(STUNRefusal)
    /// Not a Binding request or response.
    case notBinding
    /// Neither our current nor our previous ufrag, or not the peer's: for another session, or from a stranger.
    case unknownUsername
    /// An unsigned or wrongly signed message. Not answered: strangers get nothing.
    case unauthenticated(STUNRefusal)
    /// Answered with 420 (RFC 8489 §6.3.1).
    case unknownAttributes
    /// Answered with 487 (RFC 8445 §7.3.1.1).
    case roleConflict
    /// No such request was sent, or its answer came from elsewhere (RFC 8445 §7.2.5.2.1).
    case unexpectedResponse
    /// An authentic request from one address too many.
    case tooManyCandidates
}
