// SPDX-License-Identifier: Apache-2.0

/// Which rule refused a frame, a key or a call.
public enum SFrameRefusal: Error, Hashable, Sendable, CaseIterable {
    /// The header is cut short, or a field is longer than its value needs (RFC 9605 §4.3).
    case malformedHeader
    /// No key is held for this key identifier. Another key is never tried instead.
    case unknownKeyID
    /// The frame names this member itself as its sender: a key seals or opens, never both (RFC 9605 §4.4.1).
    case ownKeyID
    /// The tag doesn't match: not from whoever holds the key, or changed on the way.
    case authenticationFailed
    /// This counter was accepted before, with another tag (RFC 9605 §9.3).
    case replayed
    /// The counter lies before the window, where nobody remembers whether it was accepted before.
    case beyondReplayWindow
    /// The key has sealed as many frames as it may.
    case countersExhausted
    /// The sender isn't a leaf of the tree, or the identifier doesn't fit into 64 bits (RFC 9605 §5.2).
    case invalidKeyID
    /// An epoch before the newest one ever held, or before the one that seals.
    case staleEpoch
    /// More streams by one sender than ``SFrameLimits/contextsPerSender``.
    case tooManyContexts
    /// A key or base key of a length that the suite doesn't have.
    case invalidKey
    /// No epoch was chosen for sending.
    case nothingToSealWith
    /// Frame, metadata or plaintext longer than ``SFrameLimits`` allows.
    case tooLong
    /// The stored form of a key ring isn't one.
    case malformedSnapshot
    /// The provider lacks a primitive, or failed for a reason of its own.
    case primitiveFailed
}
