// SPDX-License-Identifier: Apache-2.0

/// Why a text is no sealed record, or no sealed shares.
public enum RecordRefusal: Error, Hashable, Sendable {
    case tooLong
    /// The first line says that it is something else.
    case wrongHeader
    /// A line that must stand here doesn't, or has a value that isn't what belongs there.
    case malformed(RecordLine)
    /// Something follows the last line.
    case trailingText
    /// Kept for longer than ``SealedRecord/longestRetention``, or not at all.
    case wrongRetention
    /// Two custodians of one name.
    case custodianTwice
    /// Fields twice, or not in their order.
    case unsortedFields
    /// No field, or more than ``SealedRecord/mostFields``.
    case wrongFieldCount
    /// Not signed by its owner.
    case wrongSignature
}
