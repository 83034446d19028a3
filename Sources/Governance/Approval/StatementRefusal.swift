// SPDX-License-Identifier: Apache-2.0

/// Why a text is no signed statement.
public enum StatementRefusal: Error, Hashable, Sendable {
    /// More than ``Signed/longest``.
    case tooLong
    /// The first line isn't that of the statement that must stand here.
    case wrongHeader
    /// A line that must stand here doesn't, or not with one value.
    case missingLine(StatementLine)
    /// A value that isn't what belongs on this line.
    case invalidValue(StatementLine)
    /// Something follows the signature.
    case trailingText
}
