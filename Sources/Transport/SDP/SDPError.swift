// SPDX-License-Identifier: Apache-2.0

/// Why a session description is refused. Each case names the rule.
public enum SDPError: Error, Hashable, Sendable {
    /// Over ``SDPLimits/bytes``.
    case tooLong
    /// Over ``SDPLimits/lines``.
    case tooManyLines
    /// Over ``SDPLimits/lineBytes``.
    case lineTooLong
    /// Every line is a letter, `=` and a value (RFC 8866 §5).
    case malformedLine
    /// The first line is `v=0` (§5.1).
    case unsupportedVersion
    /// Over ``SDPLimits/sections``.
    case tooManySections
    /// `m=<media> <port> <proto> <fmt> …` (§5.14).
    case malformedMediaLine
    /// Formats of an RTP section are payload types, 0…127.
    case malformedPayloadType
    /// A payload type stands once in its section.
    case duplicatePayloadType
    /// An attribute that we use doesn't follow its grammar.
    case malformed(SDPAttribute)
    /// An attribute occurs more often than we keep.
    case tooMany(SDPAttribute)
    /// Media sections have different names (RFC 5888 §5).
    case duplicateMid
}
