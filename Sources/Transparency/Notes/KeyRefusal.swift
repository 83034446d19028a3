// SPDX-License-Identifier: Apache-2.0

/// Why a text is no verifier key (C2SP signed-note, Verifier keys).
public enum KeyRefusal: Error, Hashable, Sendable {
    /// Not three parts with plus signs between them, or no lowercase hex or base64 where it belongs.
    case malformed
    /// Empty, or with spaces, control characters or bytes that aren't UTF-8.
    case invalidName
    /// A signature type that we don't have.
    case unsupportedType(UInt8)
    /// Not the length of the type's public keys.
    case wrongKeyLength
    /// The id isn't that of name, type and key.
    case wrongID
}
