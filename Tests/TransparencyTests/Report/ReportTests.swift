// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Transparency reports")
struct ReportTests {
    @Test("a request is counted where it came from, under its instrument, by how it ended")
    func requests() throws {
        var log = ReportedLog()
        try log.request("refused", from: "CN")
        try log.add(.closed, of: "refused", [(.outcome, "refused")])
        try log.request("waiting", from: "CN", "subpoena")
        try log.request("narrowed", from: "NL", "court-order")
        try log.add(.closed, of: "narrowed", [(.outcome, "narrowed")])
        let report = try log.report()
        #expect(report.count("jurisdictions", "CN", column: "received") == "2")
        #expect(report.count("jurisdictions", "CN", column: "refused") == "1")
        #expect(report.count("jurisdictions", "CN", column: "open") == "1")
        #expect(report.count("requests", "CN", "subpoena", column: "open") == "1")
        #expect(report.count("requests", "NL", "court-order", column: "narrowed") == "1")
        #expect(report.orders == [] && report.unmatchedClaims == 0 && report.overdueOpenings == 0)
        #expect(report.row("months", "2026-09") == ["3", "0", "0", "0", "2", "1", "1", "0"])
        #expect(report.row("days", "0") == ["2", "1"])
    }

    @Test("orders per requesting jurisdiction; an action that nobody took has its row of zeros")
    func orders() throws {
        var log = ReportedLog()
        try log.request("one", from: "CN")
        try log.approve("first", of: "one", "disclose", by: ["alice", "bob", "frank"])
        log.wait(days: 3)
        try log.step(.executed, "first", of: "one")
        try log.request("two", from: "KR", "treaty")
        try log.propose("second", of: "two", "suspend")
        try log.approval("second", of: "two", "alice", "intend", "refuse")
        let report = try log.report()
        #expect(report.orders.map { String(decoding: $0.requester, as: UTF8.self) } == ["CN", "KR"])
        #expect(report.orders.map(\.count) == [1, 1])
        #expect(report.row("orders", "CN", "warrant", "disclose") == ["1", "1", "1", "0"])
        #expect(report.row("actions", "suspend") == ["1", "0", "0", "0"])
        #expect(report.row("actions", "end-meeting") == ["0", "0", "0", "0"])
        #expect(report.row("quorums", "disclose") == ["1", "3", "3", "0"])
        #expect(report.row("approvals", "intend", "refuse") == ["1"])
        #expect(report.row("seats", "alice") == ["0", "0", "0", "0", "1", "1", "1", "0", "0", "0"])
        #expect(report.row("times", "approved-executed") == ["1", "259200", "259200", "259200"])
        #expect(report.row("times", "received-closed") == ["0", "-", "-", "-"])
    }

    @Test("who asked under a seal is counted as undisclosed until the opening, then as who it was")
    func undisclosed() throws {
        var log = ReportedLog()
        let due = try log.time(in: 86_400)
        try log.add(
            .contact,
            of: "sealed",
            [(.actor, "lee"), (.requester, "undisclosed"), (.instrument, "other")],
            sealing: [(.requester, "CN"), (.instrument, "warrant")],
            due: due
        )
        log.wait(hours: 1)
        try log.add(.docket, of: "sealed", [(.actor, "cora"), (.requester, "undisclosed"), (.instrument, "other")])
        try log.propose("order", of: "sealed", "disclose")
        #expect(try log.report().orders.map(\.requester) == [Array("undisclosed".utf8)])
        #expect(try log.report().overdueOpenings == 0)
        log.wait(days: 2)
        try log.add(.check, of: "sealed", [(.actor, "cora"), (.outcome, "passed")])
        let late = try log.report()
        #expect(late.overdueOpenings == 1 && late.rows("overdue") == 1)
        try log.open("sealed")
        let report = try log.report()
        #expect(report.orders.map(\.requester) == [Array("CN".utf8)] && report.overdueOpenings == 0)
        #expect(report.row("requests", "CN", "warrant").first == "1" && report.rows("requests") == 1)
        #expect(report.row("commitments", "opened-late") == ["1"])
        // A later entry that doesn't say doesn't hide it again.
        try log.add(.contact, of: "sealed", [(.actor, "lee"), (.requester, "undisclosed"), (.instrument, "warrant")])
        #expect(try log.report().orders.map(\.requester) == [Array("CN".utf8)])
    }

    @Test(
        "a claim is answered by an incident of its document, or by an executed order's case that reveals it; by nothing else"
    )
    func claims() throws {
        var log = ReportedLog()
        for claim in ["alone", "incident", "order", "only proposed"] { try log.claim(claim) }
        try log.claim("alone")
        #expect(try log.report().unmatchedClaims == 4)
        try log.add(.incident, [(.document, ReportedLog.hash("incident"))])
        for (name, isExecuted) in [("order", true), ("only proposed", false)] {
            try log.request(name, from: "NL")
            try log.add(
                .check,
                of: name,
                [(.actor, "cora"), (.outcome, "passed")],
                sealing: [(.document, ReportedLog.hash(name))],
                due: nil
            )
            try log.approve(name, of: name, "end-meeting", by: ["alice"])
            if isExecuted { try log.step(.executed, name, of: name) }
            try log.open(name)
        }
        let report = try log.report()
        #expect(report.unmatchedClaims == 2 && report.rows("unmatched") == 2)
        #expect(report.row("claims", ReportedLog.hash("node")) == ["4", "2", "1"])
        #expect(report.row("unmatched", "0").last == ReportedLog.hash("alone"))
    }

    @Test("when the person was told: before, after, withheld, not at all")
    func notices() throws {
        var log = ReportedLog()
        for name in ["before", "after", "withheld", "missing"] {
            try log.request(name, from: "NL")
            try log.approve(name, of: name, "disclose", by: ["alice"])
            let receipt: [(EntryField, String)] = [(.receipt, ReportedLog.hash("receipt"))]
            if name == "before" { try log.step(.notice, name, of: name, receipt) }
            if name == "withheld" {
                try log.step(.notice, name, of: name, [(.embargoUntil, log.time(in: 86_400))])
            }
            try log.step(.executed, name, of: name)
            if name == "after" { try log.step(.notice, name, of: name, receipt) }
        }
        #expect(try log.report().row("notices", "disclose") == ["4", "1", "1", "1", "1", "0"])
        log.wait(days: 2)
        try log.add(.incident, [(.document, ReportedLog.hash("x"))])
        #expect(try log.report().row("notices", "disclose") == ["4", "1", "1", "1", "1", "1"])
    }

    @Test("an emergency is confirmed by more seats within 48 hours, or it isn't")
    func emergencies() throws {
        var log = ReportedLog()
        for (name, hours) in [("in time", UInt64(47)), ("too late", 49)] {
            try log.request(name, from: "KR", "emergency")
            try log.approve(name, of: name, "disclose-emergency", by: ["alice", "frank"])
            try log.step(.executed, name, of: name)
            log.wait(hours: hours)
            try log.approval(name, of: name, "bob", "confirm", "approve")
        }
        try log.add(.contact, of: "fake", [(.actor, "lee"), (.requester, "KR"), (.instrument, "emergency")])
        try log.add(.closed, of: "fake", [(.outcome, "refused")])
        let report = try log.report()
        #expect(report.row("emergencies", "received") == ["3"] && report.row("emergencies", "docketed") == ["2"])
        #expect(report.row("emergencies", "closed-undocketed") == ["1"])
        #expect(report.row("emergencies", "executed") == ["2"])
        #expect(report.row("emergencies", "confirmed-later") == ["1"])
        #expect(report.row("quorums", "disclose-emergency") == ["2", "2", "2", "0"])
    }

    @Test("a period counts what happened in it, with what the log said before; two halves add up")
    func periods() throws {
        let log = try ReportFixture.log()
        let size = UInt64(log.entries.count)
        let whole = try log.report()
        for middle in [0, 1, 100, 255, 256, 257, size] {
            let parts = [try log.report(to: middle), try log.report(from: middle)]
            #expect(parts[0].head == (try log.head(Int(middle))))
            for column in ["received", "docketed", "proposed", "executed", "closed"] {
                func sum(_ report: TransparencyReport) -> Int {
                    let table = report.tables.first { $0.name.elementsEqual("months".utf8) }
                    let place = table?.columns.firstIndex { $0.elementsEqual(column.utf8) } ?? 0
                    return table?.rows.reduce(0) { sum, row in
                        if case .number(let number) = row[place] { sum + Int(number) } else { sum }
                    } ?? 0
                }
                #expect(sum(parts[0]) + sum(parts[1]) == sum(whole), "\(column) at \(middle)")
            }
        }
        #expect(throws: ReportRefusal.periodOutsideTree) { try log.report(to: size + 1) }
        #expect(throws: ReportRefusal.periodOutsideTree) { try log.report(from: 10, to: 9) }
    }

    @Test("a report is of the tree that was read, and of no other")
    func otherTree() throws {
        let log = try ReportFixture.log()
        var builder = ReportBuilder<NativeCrypto>()
        for entry in log.entries.dropLast() { builder.add(entry) }
        #expect(throws: ReportRefusal.otherTree) { try builder.report(of: log.head(), named: ReportedLog.origin()) }
        builder.add(Array("something else".utf8))
        #expect(throws: ReportRefusal.otherTree) { try builder.report(of: log.head(), named: ReportedLog.origin()) }
    }

    @Test("bundles as a reader fetches them, a full one beside the partial one too, give the same report")
    func bundles() throws {
        let log = try ReportFixture.log()
        let size = UInt64(log.entries.count)
        var builder = ReportBuilder<NativeCrypto>()
        for index in 0...size / 256 {
            let width = min(256, Int(size - index * 256))
            let entries = log.entries[Int(index) * 256..<Int(index) * 256 + width]
            builder.add(BundleCoordinate(index, width), [9], of: size)
            builder.add(BundleCoordinate(index, width), try EntryBundle.encode(entries), of: size)
            let more = Array(entries) + [[UInt8]](repeating: Array("later".utf8), count: 256 - width)
            builder.add(BundleCoordinate(index, 256), try EntryBundle.encode(more), of: size)
        }
        #expect(builder.count == size)
        #expect(try builder.report(of: log.head(), named: ReportedLog.origin()) == log.report())
        var tidied = ReportBuilder<NativeCrypto>()
        let grown = log.entries.prefix(100) + [Array("later".utf8)]
        let full = Array(grown) + [[UInt8]](repeating: [], count: 155)
        tidied.add(BundleCoordinate(0, 256), try EntryBundle.encode(full), of: 100)
        #expect(tidied.count == 100)
        #expect(throws: Never.self) { try tidied.report(of: log.head(100), named: ReportedLog.origin()) }
    }

    @Test("what is no entry, or has no place in its case, is counted as that and says nothing else")
    func disorder() throws {
        var log = ReportedLog()
        log.add(Array("no entry".utf8))
        log.add(Array("vigil-entry/v1\ntype hearing\ntime 2026-10-01T00:00:00Z\n".utf8))
        try log.request("one", from: "NL")
        let contact = log.entries[2]
        log.add(contact)
        let report = try log.report()
        #expect(report.row("entries", "malformed") == ["1"] && report.row("entries", "unknown-type") == ["1"])
        #expect(report.row("entries", "misplaced") == ["1"])
        #expect(report.count("jurisdictions", "NL", column: "received") == "1")
    }

    @Test("the median and the 95th percentile are times that there were")
    func quantiles() throws {
        func cells(_ times: [UInt64]) throws -> [ReportCell] {
            var steps = StepTimes()
            for time in times { steps.add(from: try Entries.time(0), to: try Entries.time(time)) }
            return steps.cells
        }
        #expect(try cells([]) == [.number(0), .none, .none, .none])
        #expect(try cells([7]) == [.number(1), .number(7), .number(7), .number(7)])
        #expect(try cells([4, 1, 3, 2]) == [.number(4), .number(2), .number(4), .number(4)])
        #expect(try cells(Array(1...1_000)) == [.number(1_000), .number(500), .number(950), .number(1_000)])
    }

    @Test("an empty log has a report too")
    func empty() throws {
        let report = try ReportedLog().report()
        #expect(report.time == nil && report.head.size == 0 && report.orders.isEmpty)
        #expect(String(decoding: report.json, as: UTF8.self).contains("\"time\":null"))
    }
}
