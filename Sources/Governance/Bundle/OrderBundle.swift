// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// An order with everything that shows it to be lawful, in one file: bytes, unchecked. ``verify(stops:genesis:checkpoint:now:with:)``
/// gives a ``Permit``.
public struct OrderBundle: Hashable, Sendable {
    /// Bytes of the longest file.
    public static let longest = 33_554_432
    /// Entries of the log in one bundle.
    public static let mostEntries = 262_144
    /// Of any kind of part.
    static let mostParts = 1_024

    public var order: [UInt8]
    /// From the first version to the one that the order is under.
    public var charters: [CharterEvidence]
    /// Signed ``Approval``s, `intend` and `confirm`.
    public var approvals: [[UInt8]]
    /// The text of the narrower order that was executed before, where the order names one.
    public var narrower: [UInt8]?
    /// What the person affected was told, where the log has a receipt for it.
    public var notice: [UInt8]?
    /// Signed ``NoStop``s of advocates.
    public var noStops: [[UInt8]]
    /// Cosigned checkpoints of sizes from `start` on, sizes not descending: they say what was logged by when.
    public var checkpoints: [[UInt8]]
    /// The index of the first of `entries`.
    public var start: UInt64
    /// Roots of the perfect subtrees before it, from left to right.
    public var subtrees: [TreeHash]
    /// All entries of the log from the governing charter's on, or from further back, to the execution checkpoint.
    public var entries: [[UInt8]]

    public init(
        order: [UInt8],
        charters: [CharterEvidence],
        approvals: [[UInt8]],
        narrower: [UInt8]?,
        notice: [UInt8]?,
        noStops: [[UInt8]],
        checkpoints: [[UInt8]],
        start: UInt64,
        subtrees: [TreeHash],
        entries: [[UInt8]]
    ) {
        self.order = order
        self.charters = charters
        self.approvals = approvals
        self.narrower = narrower
        self.notice = notice
        self.noStops = noStops
        self.checkpoints = checkpoints
        self.start = start
        self.subtrees = subtrees
        self.entries = entries
    }

    /// The same bundle up to a later checkpoint: who verifies fetches the entries between from wherever they like.
    public func extended(with more: [[UInt8]]) -> OrderBundle {
        var bundle = self
        bundle.entries += more
        return bundle
    }
}
