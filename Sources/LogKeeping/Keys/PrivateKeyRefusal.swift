// SPDX-License-Identifier: Apache-2.0

/// Why a text is no private key of ours.
public enum PrivateKeyRefusal: Error, Hashable, Sendable {
    /// Not `PRIVATE+KEY+<name>+<id>+<base64>`.
    case malformed
    /// The id isn't that of name and key.
    case wrongID
    /// No public key belongs to it.
    case unusable
}
