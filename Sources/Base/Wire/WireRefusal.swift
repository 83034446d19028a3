// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no encoding of the value asked for.
public enum WireRefusal: Error, Hashable, Sendable {
    /// The bytes end inside a field.
    case truncated
    /// Bytes are left after the value.
    case trailingBytes
    /// A vector length with the reserved prefix `11` (RFC 9420 §2.1.2).
    case invalidLengthPrefix
    /// A vector length in more bytes than it needs (RFC 9420 §2.1.2).
    case nonMinimalLength
    /// A presence octet that is neither 0 nor 1 (RFC 9420 §2.1.1).
    case invalidPresence
    /// An enumeration without this value.
    case unknownValue
    /// The same entry twice where once is allowed.
    case duplicateEntry
    /// More elements than this reader is willing to hold.
    case tooLarge
    /// Elements that the format wants in order, but aren't; or a structure without its required parts.
    case invalidStructure
}
