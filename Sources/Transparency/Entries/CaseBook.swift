// SPDX-License-Identifier: Apache-2.0

public import Base

/// Where every case of a log stands, and which openings are still owed.
///
/// Who writes asks it before an entry goes in; a monitor asks it of every entry that it reads.
public struct CaseBook<Crypto: CryptoProvider>: Sendable {
    struct State {
        var head: TreeHash
        var time: EntryTime
        var isClosed: Bool
    }
    struct Pending {
        var caseID: CaseID
        var index: UInt64
        var commitment: TreeHash
        var due: EntryTime?
    }

    /// A log that opens more cases than this isn't one of ours; memory stays bounded.
    public let mostCases: Int
    var cases: [CaseID: State] = [:]
    /// Commitments that nobody opened, by the leaf hash of their entry.
    var pending: [TreeHash: Pending] = [:]

    public init(mostCases: Int = 1 << 20) {
        self.mostCases = mostCases
    }

    /// The leaf hash that a case's next entry must name; `nil` for a case that isn't known.
    public func head(of caseID: CaseID) -> TreeHash? { cases[caseID]?.head }

    /// Takes an entry in, or says why it has no place. What is refused changes nothing.
    public mutating func admit(_ entry: ReadEntry, leaf: TreeHash, index: UInt64) throws(CaseRefusal) {
        guard let link = entry.link else { return }
        let state = cases[link.caseID]
        try check(entry, link, against: state)
        var isClosed = state?.isClosed ?? false
        if case .known(let known) = entry {
            if known.type == .opening, let opened = known.hash(.opens) {
                try check(known, opening: opened, in: link.caseID)
                pending[opened] = nil
            }
            if known.type == .closed { isClosed = true }
            if let commitment = known.hash(.commitment) {
                pending[leaf] = Pending(
                    caseID: link.caseID,
                    index: index,
                    commitment: commitment,
                    due: known.time(.due)
                )
            }
        }
        cases[link.caseID] = State(head: leaf, time: entry.time, isClosed: isClosed)
    }

    private func check(_ entry: ReadEntry, _ link: CaseLink, against state: State?) throws(CaseRefusal) {
        guard let state else {
            guard link.previous == nil else { throw .unknownCase }
            guard cases.count < mostCases else { throw .tooManyCases }
            return
        }
        guard let previous = link.previous else { throw .caseBegunTwice }
        guard previous == state.head else { throw .wrongPrevious }
        guard entry.time >= state.time else { throw .timeRunsBackwards }
        if state.isClosed {
            // A case that is over has its openings left.
            guard case .known(let known) = entry, known.type == .opening else { throw .caseClosed }
        }
    }

    private func check(_ entry: LogEntry, opening opened: TreeHash, in caseID: CaseID) throws(CaseRefusal) {
        guard let pending = pending[opened], pending.caseID == caseID else { throw .opensNothing }
        guard let salt = entry.hash(.salt)?.bytes,
            Commitment.make(salt: salt, content: entry.revealed, with: Crypto.self) == pending.commitment
        else { throw .wrongOpening }
    }

    /// Commitments whose time to be opened has passed, in the log's order.
    public func overdue(at now: EntryTime) -> [OverdueOpening] {
        var overdue: [OverdueOpening] = []
        for entry in pending.values {
            guard let due = entry.due, due < now else { continue }
            overdue.append(OverdueOpening(caseID: entry.caseID, index: entry.index, due: due))
        }
        return overdue.sorted { $0.index < $1.index }
    }
}
