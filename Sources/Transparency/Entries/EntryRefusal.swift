// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no entry (docs/log.md).
public enum EntryRefusal: Error, Hashable, Sendable {
    /// More than ``LogEntry/longest``.
    case tooLong
    /// The first line isn't `vigil-entry/v1`.
    case wrongHeader
    /// No `type` line.
    case wrongType
    /// A type that this version doesn't know.
    case unknownType
    /// No `time` line, or no moment in it.
    case wrongTime
    /// A line without a name and a value, or without its newline.
    case malformedLine
    /// A field that isn't at this place in entries of the type: unknown, out of order, or too often.
    case unexpectedField
    /// A field that the type must have.
    case missingField(EntryField)
    /// A value that the field doesn't take.
    case invalidValue(EntryField)
    /// `due` says when a commitment must be opened; here is none.
    case dueWithoutCommitment
    /// A notice is given or put off: a receipt or the end of an embargo, one of the two.
    case noticeWithoutEither
}

extension EntryRefusal {
    /// For people who read findings.
    var text: String {
        switch self {
        case .tooLong: "too long"
        case .wrongHeader: "another first line"
        case .wrongType: "no type"
        case .unknownType: "an unknown type"
        case .wrongTime: "no time"
        case .malformedLine: "a line without name and value"
        case .unexpectedField: "a field out of place"
        case .missingField(let field): "no " + field.text
        case .invalidValue(let field): "no value for " + field.text
        case .dueWithoutCommitment: "due without commitment"
        case .noticeWithoutEither: "neither receipt nor embargo, or both"
        }
    }
}
