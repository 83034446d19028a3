// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// One case as a node holds it: its desk, its place in the log, its texts, and the checkpoints that its bundles will need.
public struct CaseFile: Sendable {
    /// Entries of one case.
    public static let mostEntries = 1_024
    /// Checkpoints of one case.
    static let mostMarks = 1_024
    /// Receipts of advocates.
    static let mostNoStops = 64

    struct LoggedApproval {
        let signed: Signed<Approval>
        let text: [UInt8]
        let index: UInt64
        let leaf: TreeHash
    }

    public internal(set) var desk: CaseDesk
    /// The leaf hash of its last entry.
    public internal(set) var head: TreeHash
    public internal(set) var lastIndex: UInt64
    public internal(set) var firstIndex: UInt64
    public internal(set) var closed: EntryTime?
    /// Texts in the order in which they were logged.
    public internal(set) var papers: [Paper] = []
    /// Sealed documents that steps name.
    public internal(set) var documents: [DocumentHash] = []
    /// In the order of their sizes.
    public internal(set) var marks: [KeptCheckpoint] = []
    /// Texts that the log names and that aren't at hand, or aren't what it names.
    public internal(set) var lost: [DocumentHash] = []
    var entries = 0
    var orders: [DocumentHash: Order] = [:]
    var approvals: [LoggedApproval] = []
    var approved: [DocumentHash: UInt64] = [:]
    var executed: [DocumentHash] = []
    /// By the order's hash.
    var notices: [DocumentHash: [UInt8]] = [:]
    var noStops: [Verified<NoStop>] = []
    /// Signed texts that are in the log, and where.
    var places: [DocumentHash: (index: UInt64, leaf: TreeHash)] = [:]

    init(_ caseID: CaseID, first: UInt64, leaf: TreeHash) {
        desk = CaseDesk(caseID: caseID)
        head = leaf
        firstIndex = first
        lastIndex = first
    }

    public var state: CaseState? { desk.progress.state }

    /// Takes in the case's next entry, which is in the log.
    ///
    /// - Parameter papers: by their hashes. What isn't among them, or is something else, is noted as lost.
    mutating func take<Crypto: CryptoProvider>(
        _ entry: LogEntry,
        leaf: TreeHash,
        at index: UInt64,
        under charter: Charter,
        papers: [DocumentHash: Paper],
        with crypto: Crypto.Type
    ) throws(CaseRule) {
        var next = self
        next.entries += 1
        next.head = leaf
        next.lastIndex = index
        var (step, order): (Step?, Order?)
        if let assertion = entry.hash(.assertion) {
            next.places[assertion] = (index, leaf)
            if entry.type == .halt || entry.type == .objection {
                // Stops are kept elsewhere.
            } else if entry.type == .approval {
                if let paper = next.keep(assertion, .approval, papers, crypto),
                    let signed = try? Signed<Approval>(parsing: paper.bytes)
                {
                    next.approvals.append(
                        LoggedApproval(signed: signed, text: paper.bytes, index: index, leaf: leaf)
                    )
                }
            } else if let paper = next.keep(assertion, .step, papers, crypto) {
                step = (try? Signed<Step>(parsing: paper.bytes))?.statement
                for document in step?.documents ?? [] where !next.documents.contains(document) {
                    next.documents.append(document)
                }
            }
        }
        let named = entry.hash(.order)
        if entry.type == .proposed, let named, let paper = next.keep(named, .order, papers, crypto) {
            order = try? Order(parsing: paper.bytes)
            next.orders[named] = order
        }
        if entry.type == .notice, let named, let receipt = entry.hash(.receipt),
            let paper = next.keep(receipt, .notice, papers, crypto)
        {
            next.notices[named] = paper.bytes
        }
        if entry.type == .approved, let named { next.approved[named] = index }
        if entry.type == .executed, let named { next.executed.append(named) }
        try next.desk.restore(entry, under: charter, step: step, order: order)
        if entry.type == .closed { next.closed = entry.time }
        self = next
    }

    private mutating func keep<Crypto: CryptoProvider>(
        _ hash: DocumentHash,
        _ kind: Paper.Kind,
        _ papers: [DocumentHash: Paper],
        _ crypto: Crypto.Type
    ) -> Paper? {
        guard let paper = papers[hash], paper.kind == kind, paper.caseID == desk.caseID,
            .of(document: paper.bytes, with: crypto) == hash
        else {
            lost.append(hash)
            return nil
        }
        if !self.papers.contains(where: { $0.hash == hash }) { self.papers.append(paper) }
        return paper
    }

    /// Witnesses had seen the entry by this time; `nil` if no kept checkpoint shows it.
    func loggedBy(_ index: UInt64) -> UInt64? {
        marks.filter { $0.head.size > index }.map { $0.notAfter }.min()
    }

    /// True if it was kept now.
    mutating func mark(_ checkpoint: KeptCheckpoint) -> Bool {
        guard marks.count < CaseFile.mostMarks, !marks.contains(checkpoint) else { return false }
        let place = marks.lastIndex { $0.head.size <= checkpoint.head.size }.map { $0 + 1 } ?? 0
        marks.insert(checkpoint, at: place)
        return true
    }

    /// True as long as no kept checkpoint has the case's last entry.
    var isUnmarked: Bool { !marks.contains { $0.head.size > lastIndex } }
}
