// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("vigil report", .serialized)
struct ReportCommandTests {
    private static let count = 600

    private let folder: TemporaryFolder
    private let key: String

    init() throws {
        folder = try TemporaryFolder()
        try Vigil.makeLog(folder, "log", count: Self.count)
        key = try folder.text("log/keys").split(separator: "\n").map(String.init)[0]
    }

    private var site: LogSite { LogSite([("/log/", folder.path + "/log/public")]) }

    private func run(_ url: String, _ more: [String]) async throws -> Vigil.Outcome {
        try await Vigil.run(["report", url + "/log", "--key", key] + more)
    }

    /// Counted here, out of the files.
    private func counted(from: UInt64, to: UInt64?) throws -> String {
        let store = folder.path + "/log/public/"
        var builder = ReportBuilder<NativeCrypto>(from: from, to: to)
        for (index, width) in [(UInt64(0), 256), (1, 256), (2, 88)] {
            let bundle = try #require(BundleCoordinate(index: index, width: width))
            let path = store + LogResource.entries(bundle).path
            builder.add(bundle, Array(try #require(FileManager.default.contents(atPath: path))), of: 600)
        }
        let note = try #require(FileManager.default.contents(atPath: store + "checkpoint"))
        let checkpoint = try SignedCheckpoint(parsing: Array(note)).checkpoint
        let report = try builder.report(of: checkpoint.head, named: checkpoint.origin)
        return String(decoding: report.json.dropLast(), as: UTF8.self)
    }

    @Test("the report is what the log's files say, of the whole and of a period")
    func report() async throws {
        try await site.serve { url in
            let whole = try await run(url, ["--json"])
            let countedWhole = try counted(from: 0, to: nil)
            #expect(whole.status == 0 && whole.text == countedWhole, "\(whole.text)")
            let part = try await run(url, ["--json", "--from-size", "100", "--to-size", "300"])
            let countedPart = try counted(from: 100, to: 300)
            #expect(part.status == 0 && part.text == countedPart, "\(part.text)")
            let text = try await run(url, [])
            #expect(text.status == 0 && text.text.contains("\nunmatched-claims 0\n"), "\(text.text)")
            #expect(text.text.contains("to-size 600"))
        }
    }

    @Test("a period that the log doesn't have is no verdict on the log")
    func outside() async throws {
        try await site.serve { url in
            let beyond = try await run(url, ["--to-size", "601"])
            #expect(beyond.status == 2)
            let backwards = try await run(url, ["--from-size", "20", "--to-size", "10"])
            #expect(backwards.status == 2)
        }
    }

    @Test("of a log that isn't in order there is no report, only what is wrong")
    func disorder() async throws {
        let site = site
        let bundle = try #require(BundleCoordinate(index: 1, width: 256))
        let path = "/log/" + LogResource.entries(bundle).path
        let file = folder.path + "/log/public/" + LogResource.entries(bundle).path
        var bytes = Array(try #require(FileManager.default.contents(atPath: file)))
        bytes[200] ^= 1
        site.replace(path, bytes)
        try await site.serve { url in
            let outcome = try await run(url, ["--json"])
            #expect(outcome.status == 1 && outcome.text.contains("FAULT"), "\(outcome.text)")
            #expect(!outcome.text.contains("vigil-report"))
        }
    }
}
