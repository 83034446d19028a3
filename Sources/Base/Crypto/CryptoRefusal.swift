// SPDX-License-Identifier: Apache-2.0

/// Why a primitive refused.
public enum CryptoRefusal: Error, Hashable, Sendable {
    /// A key of the wrong length, or no point of the curve.
    case invalidKey
    /// The ciphertext is shorter than a tag, or the tag doesn't match.
    case authenticationFailed
    /// A nonce or an output length that the algorithm doesn't have.
    case invalidLength
    /// The shared secret is all zeros (RFC 7748 §6.1) or could not be computed.
    case invalidSharedSecret
    /// The provider doesn't have this algorithm.
    case unsupported
    /// The library failed for a reason of its own.
    case libraryFailure
}
