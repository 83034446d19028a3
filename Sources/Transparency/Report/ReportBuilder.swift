// SPDX-License-Identifier: Apache-2.0

public import Base

/// Makes a report while a log is read from its first entry on (docs/report.md).
///
/// It judges nothing: what a monitor finds wrong in a log makes its report worthless, whatever it says. An entry that isn't one, or that
/// has no place in its case, is counted as such and says nothing else.
public struct ReportBuilder<Crypto: CryptoProvider>: Sendable {
    let from: UInt64
    /// Without one: all that is read.
    private let to: UInt64?

    /// Everything that was read, beyond the period too.
    private var edge = TreeEdge<Crypto>()
    /// The tree at the period's end, once that was passed.
    private var end: TreeHead?

    var book = CaseBook<Crypto>()
    /// The latest time of an entry so far, and the longest that none came.
    var time: EntryTime?
    var silence: UInt64 = 0
    var cases: [CaseID: ReportedCase] = [:]
    var orders: [ReportedOrder.ID: ReportedOrder] = [:]
    var claims: [[UInt8]: ReportedClaim] = [:]
    var incidents: Set<[UInt8]> = []
    /// Documents that openings revealed, with their cases.
    var revealed: [[UInt8]: [CaseID]] = [:]
    /// Entries of each type, in the order of ``EntryType/allCases``; then of types unknown here, what is no entry, and what has no place.
    var types = [UInt64](repeating: 0, count: EntryType.allCases.count + 3)
    var months = ReportedSums(MonthColumn.self)
    var seats = ReportedSums(SeatColumn.self)
    var approvals = [UInt64](repeating: 0, count: StageAndDecision.count)
    /// The components that there are, with the last release of each.
    var releases: [(component: [UInt8], count: UInt64, last: [UInt8])] = []
    var commitments = CommitmentCounts()
    var times = StepColumns()
    var charterRows: [[ReportCell]] = []
    var seatRows: [[ReportCell]] = []
    var reportRows: [[ReportCell]] = []

    /// - Parameters:
    ///   - from: the first entry that is counted.
    ///   - to: the size of the tree at the period's end; without one it is the whole log.
    public init(from: UInt64 = 0, to: UInt64? = nil) {
        self.from = from
        self.to = to
    }

    /// The next entry's index.
    public var count: UInt64 { edge.size }

    /// The entries of a bundle that continue what was read. Others, and a bundle that is none, change nothing: who reads the log judges it.
    ///
    /// - Parameter size: the log's, since a full bundle may hold more than its checkpoint has.
    public mutating func add(_ bundle: BundleCoordinate, _ bytes: [UInt8], of size: UInt64) {
        let first = bundle.index << UInt64(TileMath.height)
        guard first <= count, let entries = try? EntryBundle.decode(bytes, width: bundle.width) else { return }
        for (place, entry) in entries.enumerated() where first + UInt64(place) == count && count < size { add(entry) }
    }

    /// The next entry.
    public mutating func add(_ bytes: [UInt8]) {
        let index = count
        if index == to { end = edge.head }
        let leaf = MerkleTree<Crypto>.leafHash(bytes)
        if end == nil { take(bytes, leaf, index) }
        _ = edge.append(leaf)
    }

    /// The report, if what was read is this tree: who has found the tree to be in order knows that it is made of that.
    ///
    /// - Parameter origin: the log's name, as its checkpoint has it.
    public func report(of head: TreeHead, named origin: LogOrigin) throws(ReportRefusal) -> TransparencyReport {
        let read = edge.head
        guard read == head else { throw .otherTree }
        guard let tree = to == nil || to == read.size ? read : end, from <= tree.size else { throw .periodOutsideTree }
        return report(tree, origin)
    }
}
