// SPDX-License-Identifier: Apache-2.0

/// The rule of RFC 8489 by which a message was refused.
public enum STUNRefusal: Error, Hashable, Sendable {
    /// Shorter than the 20-byte header, or its first two bits are not zero (§5).
    case notSTUN
    case badMagicCookie
    /// The length field is not a multiple of four or disagrees with the datagram (§5).
    case badLength
    /// Longer than any check has reason to be.
    case tooLong
    /// An attribute reaches beyond the message (§14).
    case attributeOverrun
    /// A known attribute of the wrong size.
    case badAttribute
    /// FINGERPRINT is present and wrong (§14.7).
    case badFingerprint
    /// FINGERPRINT is not the last attribute (§14.7).
    case fingerprintNotLast
    case missingIntegrity
    /// The HMAC does not match: a wrong password, or changed on the way (§14.5).
    case badIntegrity
}
