// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no order bundle (docs/orders.md). What the parts say isn't looked at.
public enum BundleFormatRefusal: Error, Hashable, Sendable {
    /// More than ``OrderBundle/longest``.
    case tooLong
    /// The first line isn't `vigil-order-bundle/v1`.
    case wrongHeader
    /// No `part <kind> <length>` line where one must be, or no such kind.
    case malformedHeader
    /// Fewer bytes than the header says, or no newline after them.
    case truncatedPart
    /// A part that must be here isn't, or one that may not be here is.
    case unexpectedPart
    /// Something after `end`.
    case trailingBytes
    /// `edge` isn't a start and the subtrees that it asks for.
    case malformedEdge
    /// `entries` isn't a row of length-prefixed entries, or has more than ``OrderBundle/mostEntries``.
    case malformedEntries
}
