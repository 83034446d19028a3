// SPDX-License-Identifier: Apache-2.0

/// What a log says of its deployment between two sizes of its tree (docs/report.md). Nothing else goes into it, so everybody who
/// has the tree has the same report, byte for byte.
public struct TransparencyReport: Hashable, Sendable {
    /// Orders that were proposed for one requester.
    public struct Orders: Hashable, Sendable {
        /// A country, `undisclosed`, or `unknown`.
        public let requester: [UInt8]
        public let count: UInt64
    }

    /// The log's, which isn't in its tree.
    public let origin: LogOrigin
    /// Entries from here on are counted; those before only say where their cases stood.
    public let from: UInt64
    /// The tree that it is made of.
    public let head: TreeHead
    /// The latest time of an entry in that tree: what is overdue was due before. `nil` for a tree without entries.
    public let time: EntryTime?

    // The three numbers to begin with.

    /// Claims of the period that no incident and no opened case of an executed order answers.
    public let unmatchedClaims: UInt64
    /// Commitments that should have been opened before `time`, of the period or older.
    public let overdueOpenings: UInt64
    /// Orders proposed in the period, by requester.
    public let orders: [Orders]

    public let tables: [ReportTable]
}
