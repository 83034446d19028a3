// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Transparency

/// Reports as files: `Tests/Fixtures/report`, with the log that they are of. `scripts/recount-report --cases` makes the same bytes.
@Suite("Reports that others count too")
struct GoldenReportTests {
    @Test("every report of the fixture has its bytes")
    func cases() throws {
        let log = try ReportFixture.log()
        if ProcessInfo.processInfo.environment["VIGIL_MAKE_FIXTURES"] != nil { try GoldenReportTests.make(log) }
        let stored = try (0...1).flatMap { index in
            let width = index == 0 ? 256 : log.entries.count - 256
            return try EntryBundle.decode(Fixtures.bytes(path(UInt64(index), width)), width: width)
        }
        #expect(stored == log.entries)
        for line in try Fixtures.text("\(ReportFixture.folder)/cases.txt").split(separator: "\n") {
            let items = line.split(separator: " ").map(String.init)
            let report = try log.report(from: #require(UInt64(items[1])), to: UInt64(items[2]))
            #expect(report.json == (try Fixtures.bytes("\(ReportFixture.folder)/\(items[0])")), "\(line)")
        }
        #expect(try log.report().text == Fixtures.bytes("\(ReportFixture.folder)/whole.txt"))
    }

    @Test("the fixture's log has something of everything")
    func covers() throws {
        let report = try ReportFixture.log().report()
        #expect(report.unmatchedClaims > 0 && report.overdueOpenings > 0 && report.orders.count > 2)
        for table in report.tables where !table.name.elementsEqual("reports".utf8) {
            guard !table.name.elementsEqual("seat-changes".utf8) else { continue }
            #expect(!table.rows.isEmpty, "\(String(decoding: table.name, as: UTF8.self))")
        }
    }

    private func path(_ index: UInt64, _ width: Int) -> String {
        "\(ReportFixture.folder)/" + LogResource.entries(BundleCoordinate(index, width)).path
    }

    private static func make(_ log: ReportedLog) throws {
        let folder = ReportFixture.folder
        let verified = try VerifiedCheckpoint(
            signing: Checkpoint(origin: ReportedLog.origin(), head: log.head()),
            with: Keys.log()
        )
        try Fixtures.write(verified.note.encoded, to: "\(folder)/checkpoint")
        for (index, width) in [(UInt64(0), 256), (1, log.entries.count - 256)] {
            let entries = log.entries[Int(index) * 256..<Int(index) * 256 + width]
            let path = LogResource.entries(BundleCoordinate(index, width)).path
            try Fixtures.write(try EntryBundle.encode(entries), to: "\(folder)/\(path)")
        }
        var lines = ""
        for (file, from, to) in ReportFixture.cases {
            try Fixtures.write(log.report(from: from, to: to).json, to: "\(folder)/\(file)")
            lines += "\(file) \(from) \(to)\n"
        }
        try Fixtures.write(Array(lines.utf8), to: "\(folder)/cases.txt")
        try Fixtures.write(log.report().text, to: "\(folder)/whole.txt")
    }
}
