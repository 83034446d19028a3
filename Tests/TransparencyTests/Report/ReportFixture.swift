// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport

@testable import Transparency

/// The log of `Tests/Fixtures/report`: a few lives by hand, then some at random from a seed.
enum ReportFixture {
    static let folder = "report"
    /// Its reports: files, first entry, size.
    static let cases: [(file: String, from: UInt64, to: UInt64)] = [
        ("whole.json", 0, 300), ("begun.json", 0, 40), ("second.json", 100, 257), ("last.json", 256, 300),
        ("nothing.json", 300, 300),
    ]

    static func log() throws -> ReportedLog {
        var log = ReportedLog()
        try log.add(.charter, [(.version, "1"), (.document, ReportedLog.hash("charter"))])
        for component in ["server", "web"] {
            try log.add(
                .release,
                [(.component, component), (.release, "1.0.0"), (.artifact, ReportedLog.hash(component))]
            )
        }
        log.wait(days: 1)
        try log.request("granted", from: "NL", "court-order")
        try log.approve("granted", of: "granted", "disclose", by: ["alice", "bob", "carol", "frank"])
        try log.step(.notice, "granted", of: "granted", [(.receipt, ReportedLog.hash("receipt"))])
        log.wait(days: 3)
        try log.step(.executed, "granted", of: "granted")
        try log.step(.delivered, "granted", of: "granted")
        try log.add(.closed, of: "granted", [(.outcome, "executed")])
        try log.claim("a meeting in Ghent")
        log.wait(days: 4)
        try log.request("stopped", from: "CN")
        try log.propose("stopped", of: "stopped", "end-meeting")
        try log.approval("stopped", of: "stopped", "alice", "intend", "refuse")
        try log.add(.halt, of: "stopped", [(.actor, "ada"), (.nonceHash, ReportedLog.hash("nonce"))])
        try log.add(.closed, of: "stopped", [(.outcome, "halted")])
        log.add(Array("no entry\n".utf8))
        log.add(Array("vigil-entry/v1\ntype hearing\ntime 2026-10-01T00:00:00Z\nroom 4\n".utf8))
        var randomness = SeededRandomness(seed: 26)
        while log.entries.count < 300 { try step(&log, &randomness) }
        return log
    }

    private static func pick<Element>(_ elements: [Element], _ randomness: inout SeededRandomness) -> Element {
        elements[Int(randomness.next() % UInt64(elements.count))]
    }

    /// An entry of a type and with words drawn by lot. Some have no place in their case.
    private static func step(_ log: inout ReportedLog, _ randomness: inout SeededRandomness) throws {
        log.wait(randomness.next() % 90_000)
        let name = "case \(randomness.next() % 24)"
        let order = "order \(randomness.next() % 3) of \(name)"
        let hash = ReportedLog.hash(order)
        let seat: (EntryField, String) = (.actor, pick(["alice", "bob", "cora", "frank", "ada"], &randomness))
        let asked: [(EntryField, String)] = [
            seat, (.requester, pick(["CN", "NL", "KR", "undisclosed"], &randomness)),
            (.instrument, pick(["warrant", "subpoena", "emergency", "treaty"], &randomness)),
        ]
        let outcome = pick(["refused", "narrowed", "withdrawn", "expired", "executed", "challenged"], &randomness)
        let action = pick(["disclose", "disclose-emergency", "eject", "suspend", "end-meeting"], &randomness)
        switch randomness.next() % 20 {
        case 0...2: try log.add(.contact, of: name, asked)
        case 3...4: try log.add(.docket, of: name, asked)
        case 5: try log.add(.check, of: name, [seat, (.outcome, "passed")])
        case 6...7: try log.propose(order, of: name, action)
        case 8...10:
            try log.approval(
                order,
                of: name,
                seat.1,
                pick(["intend", "confirm"], &randomness),
                pick(["approve", "approve", "approve", "refuse", "narrow"], &randomness)
            )
        case 11: try log.step(.approved, order, of: name)
        case 12: try log.step(.executed, order, of: name)
        case 13: try log.step(.delivered, order, of: name)
        case 14:
            let receipt: (EntryField, String) = (.receipt, hash)
            let embargo: (EntryField, String) = (.embargoUntil, try log.time(in: 500_000))
            try log.step(.notice, order, of: name, [pick([receipt, embargo], &randomness)])
        case 15: try log.add(.objection, of: name, [seat, (.nonceHash, hash)])
        case 16:
            let due = try log.time(in: Int64(randomness.next() % 2_000_000))
            try log.add(
                .contact,
                of: name,
                [seat, (.requester, "undisclosed"), (.instrument, "other")],
                sealing: [(.requester, "CN"), (.document, ReportedLog.hash("claim \(randomness.next() % 6)"))],
                due: pick([due, due, nil], &randomness)
            )
        case 17 where log.hasSealed(name): try log.open(name)
        case 18: try log.claim("claim \(randomness.next() % 6)", by: pick(["node", "other node"], &randomness))
        case 19 where randomness.next() % 4 == 0: try log.add(.closed, of: name, [(.outcome, outcome)])
        default: try log.add(.incident, [(.document, ReportedLog.hash("claim \(randomness.next() % 40)"))])
        }
    }
}
