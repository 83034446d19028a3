// SPDX-License-Identifier: Apache-2.0

/// Which rule a text broke that is not JSON as we read it, and at which byte. It quotes nothing of the text.
public enum JSONRefusal: Error, Hashable, Sendable {
    /// More bytes than ``JSONLimits/size``.
    case tooLarge
    /// More nesting than ``JSONLimits/depth``.
    case tooDeep(at: Int)
    /// More values than ``JSONLimits/values``.
    case tooManyValues(at: Int)
    /// The text ends inside a value.
    case unexpectedEnd
    /// A byte that can't stand here (RFC 8259 §2), a byte order mark among them.
    case unexpectedByte(at: Int)
    /// Something follows the value.
    case trailingBytes(at: Int)
    /// A number with a leading zero, a bare point or an empty exponent (RFC 8259 §6).
    case invalidNumber(at: Int)
    /// A raw control character in a string (RFC 8259 §7).
    case controlCharacter(at: Int)
    /// An escape that isn't one (RFC 8259 §7).
    case invalidEscape(at: Int)
    /// Half of a surrogate pair (RFC 7493 §2.1).
    case loneSurrogate(at: Int)
    /// A string that isn't UTF-8 (RFC 8259 §8.1).
    case invalidUTF8(at: Int)
    /// An object with two members of one name (RFC 7493 §2.3).
    case duplicateName(at: Int)
}
