// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport

@testable import Transparency

/// A log of cases and other entries, written by hand or at random, to be reported on.
struct ReportedLog {
    private(set) var entries: [[UInt8]] = []
    private var now: UInt64 = 1_790_000_000
    private var cases: [String: Life] = [:]

    private struct Life {
        let id: CaseID
        var last: TreeHash?
        var openings: [(leaf: TreeHash, salt: [UInt8], reveals: [(EntryField, String)])] = []
    }

    static func hash(_ word: String) -> String { Tree.leafHash(Array(word.utf8)).text }

    mutating func wait(_ seconds: UInt64) { now += seconds }
    mutating func wait(hours: UInt64) { now += hours * 3_600 }
    mutating func wait(days: UInt64) { now += days * 86_400 }

    func time(in seconds: Int64 = 0) throws -> String { try Entries.time(UInt64(Int64(now) + seconds)).text }

    mutating func add(_ bytes: [UInt8]) { entries.append(bytes) }

    /// An entry of no case.
    mutating func add(_ type: EntryType, _ fields: [(EntryField, String)]) throws {
        add(try LogEntry(type, at: Entries.time(now), fields).encoded)
    }

    /// The next entry of a case, whatever it says.
    mutating func add(_ type: EntryType, of name: String, _ fields: [(EntryField, String)]) throws {
        var randomness = SeededRandomness(seed: name.utf8.reduce(7) { $0 &* 257 &+ UInt64($1) })
        var life = cases[name] ?? Life(id: CaseID.random(using: &randomness))
        let link: [(EntryField, String)] = [(.caseID, life.id.text), (.previous, life.last?.text ?? "none")]
        let entry = try LogEntry(type, at: Entries.time(now), link + fields).encoded
        add(entry)
        life.last = Tree.leafHash(entry)
        cases[name] = life
    }

    /// The next entry of a case, with a commitment to what it will reveal.
    mutating func add(
        _ type: EntryType,
        of name: String,
        _ fields: [(EntryField, String)],
        sealing reveals: [(EntryField, String)],
        due: String?
    ) throws {
        let salt = [UInt8](repeating: UInt8(truncatingIfNeeded: entries.count), count: 32)
        guard let commitment = Commitment.make(salt: salt, revealing: reveals, with: NativeCrypto.self) else {
            throw TestFailure.missing("commitment")
        }
        let sealed: [(EntryField, String)] = [(.commitment, commitment.text)] + (due.map { [(.due, $0)] } ?? [])
        try add(type, of: name, fields + sealed)
        if let leaf = cases[name]?.last { cases[name]?.openings.append((leaf, salt, reveals)) }
    }

    /// Opens the case's oldest commitment that isn't open.
    mutating func open(_ name: String) throws {
        guard let opening = cases[name]?.openings.first else { throw TestFailure.missing("commitment") }
        cases[name]?.openings.removeFirst()
        try add(
            .opening,
            of: name,
            [(.opens, opening.leaf.text), (.salt, Hex.text(opening.salt))]
                + opening.reveals.map { (.reveal, "\($0.0.text) \($0.1)") }
        )
    }

    func hasSealed(_ name: String) -> Bool { cases[name]?.openings.isEmpty == false }

    /// Received and docketed.
    mutating func request(_ name: String, from requester: String, _ instrument: String = "warrant") throws {
        try add(.contact, of: name, [(.actor, "lee"), (.requester, requester), (.instrument, instrument)])
        wait(hours: 1)
        try add(.check, of: name, [(.actor, "cora"), (.outcome, "passed")])
        wait(hours: 1)
        try add(.docket, of: name, [(.actor, "cora"), (.requester, requester), (.instrument, instrument)])
        wait(hours: 1)
    }

    mutating func propose(_ order: String, of name: String, _ action: String) throws {
        try add(
            .proposed,
            of: name,
            [
                (.actor, "cora"), (.action, action), (.order, ReportedLog.hash(order)),
                (.charterHash, ReportedLog.hash("charter")),
            ]
        )
    }

    mutating func approval(_ order: String, of name: String, _ seat: String, _ stage: String, _ decision: String) throws
    {
        try add(
            .approval,
            of: name,
            [(.actor, seat), (.order, ReportedLog.hash(order)), (.stage, stage), (.decision, decision)]
        )
    }

    /// Proposed, confirmed by these seats, approved.
    mutating func approve(_ order: String, of name: String, _ action: String, by seats: [String]) throws {
        try propose(order, of: name, action)
        for seat in seats {
            wait(hours: 1)
            try approval(order, of: name, seat, "intend", "approve")
            wait(hours: 1)
            try approval(order, of: name, seat, "confirm", "approve")
        }
        wait(hours: 1)
        try step(.approved, order, of: name)
    }

    mutating func step(_ type: EntryType, _ order: String, of name: String, _ fields: [(EntryField, String)] = [])
        throws
    {
        try add(type, of: name, [(.order, ReportedLog.hash(order))] + fields)
    }

    mutating func claim(_ document: String, by node: String = "node") throws {
        try add(
            .interruptionClaim,
            [(.node, ReportedLog.hash(node)), (.document, ReportedLog.hash(document))]
        )
    }

    // Reading it

    func head(_ size: Int? = nil) throws -> TreeHead {
        let leaves = entries.prefix(size ?? entries.count).map { Tree.leafHash($0) }
        return try LeafTree(leaves).head(leaves.count)
    }

    static func origin() throws -> LogOrigin {
        guard let origin = LogOrigin("example.com/log".utf8) else { throw TestFailure.notAName("origin") }
        return origin
    }

    func report(from: UInt64 = 0, to: UInt64? = nil) throws -> TransparencyReport {
        var builder = ReportBuilder<NativeCrypto>(from: from, to: to)
        for entry in entries { builder.add(entry) }
        return try builder.report(of: head(), named: ReportedLog.origin())
    }
}

extension TransparencyReport {
    /// A row of a table without the words that it is named by, as text.
    func row(_ table: String, _ words: String...) -> [String] {
        let table = tables.first { $0.name.elementsEqual(table.utf8) }
        let row = table?.rows.map { $0.map(\.shown) }.first { $0.prefix(words.count).elementsEqual(words) }
        return row.map { Array($0.dropFirst(words.count)) } ?? []
    }

    func count(_ table: String, _ words: String..., column: String) -> String? {
        guard let table = tables.first(where: { $0.name.elementsEqual(table.utf8) }),
            let place = table.columns.firstIndex(where: { $0.elementsEqual(column.utf8) }),
            let row = table.rows.first(where: { $0.map(\.shown).prefix(words.count).elementsEqual(words) })
        else { return nil }
        return row[place].shown
    }

    func rows(_ table: String) -> Int? { tables.first { $0.name.elementsEqual(table.utf8) }?.rows.count }
}

extension ReportCell {
    fileprivate var shown: String {
        switch self {
        case .word(let word): String(decoding: word, as: UTF8.self)
        case .number(let number): "\(number)"
        case .none: "-"
        }
    }
}
