// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import TestSupport
import Testing

/// What a node can do to its readers, against `vigil log` as they run it.
@Suite("Attacks on readers of the log", .serialized)
struct LogAttackTests {
    private static let count = 600

    private let folder: TemporaryFolder
    private let key: String

    init() throws {
        folder = try TemporaryFolder()
        try Vigil.makeLog(folder, "log", count: Self.count)
        key = try folder.text("log/keys").split(separator: "\n").map(String.init)[0]
    }

    private var honest: [(prefix: String, folder: String)] { [("/log/", folder.path + "/log/public")] }

    private func verify(_ url: String, _ more: [String] = []) async throws -> Vigil.Outcome {
        try await Vigil.run(["log", "verify", url + "/log", "--key", key] + more)
    }

    private func monitor(_ url: String) async throws -> Vigil.Outcome {
        try await Vigil.run(["log", "monitor", url + "/log", "--key", key, "--state", folder.path + "/state"])
    }

    @Test("none: an honest log is in order, and a monitor says nothing")
    func honestLog() async throws {
        try await LogSite(honest).serve { url in
            let verified = try await verify(url)
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text.contains("All in order."))
            for _ in 0..<2 {
                let monitored = try await monitor(url)
                #expect(monitored.status == 0 && monitored.text == "", "\(monitored.text)")
            }
        }
    }

    @Test("fork: another tree of the same size, signed by the same key")
    func fork() async throws {
        try Vigil.makeLog(folder, "fork", count: Self.count, first: 5_000, keyOf: "log")
        let site = LogSite(honest)
        let fork = folder.path + "/fork/public"
        try await site.serve { url in
            #expect(try await monitor(url).status == 0)
            site.show([("/log/", fork)])
            let after = try await monitor(url)
            #expect(after.status == 1)
            #expect(
                after.text.contains("FAULT checkpoint: another tree of 600 entries was signed as well"),
                "\(after.text)"
            )
        }
    }

    @Test("rollback: an older checkpoint than the one that was seen")
    func rollback() async throws {
        let site = LogSite(honest)
        let old = try folder.bytes("log/old-checkpoint")
        try await site.serve { url in
            #expect(try await monitor(url).status == 0)
            site.replace("/log/checkpoint", old)
            let after = try await monitor(url)
            #expect(after.status == 1)
            #expect(after.text.contains("FAULT checkpoint: shrank from 600 entries to 300"), "\(after.text)")
        }
    }

    @Test("truncation: the newest entries are gone, the checkpoint still counts them")
    func truncation() async throws {
        let site = LogSite(honest)
        site.replace("/log/tile/entries/002.p/88", nil)
        try await site.serve { url in
            let outcome = try await verify(url)
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("FAULT tile/entries/002.p/88: can't be fetched"), "\(outcome.text)")
        }
    }

    @Test("edited entry: one bit of one entry")
    func editedEntry() async throws {
        let site = LogSite(honest)
        var bundle = try folder.bytes("log/public/tile/entries/001")
        bundle[bundle.count - 3] ^= 1
        site.replace("/log/tile/entries/001", bundle)
        try await site.serve { url in
            let outcome = try await verify(url)
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("FAULT entry 511: "), "\(outcome.text)")
            #expect(outcome.text.contains("FAULT checkpoint: the entries lead to another root"), "\(outcome.text)")
        }
    }

    @Test("edited tile: one bit of one hash, of each level")
    func editedTile() async throws {
        for (path, place) in [("tile/0/000", "entry 3"), ("tile/1/000.p/2", "tile/1/000.p/2")] {
            let site = LogSite(honest)
            var tile = try folder.bytes("log/public/" + path)
            tile[32 * (path.hasSuffix("2") ? 1 : 3)] ^= 1
            site.replace("/log/" + path, tile)
            try await site.serve { url in
                let outcome = try await verify(url)
                #expect(outcome.status == 1 && outcome.text.contains("FAULT \(place): "), "\(outcome.text)")
            }
        }
    }

    @Test("split view: this reader is shown another tree than the others; another address of the log tells")
    func splitView() async throws {
        try Vigil.makeLog(folder, "fork", count: Self.count, first: 5_000, keyOf: "log")
        let other = LogSite(honest)
        let mine = LogSite([("/log/", folder.path + "/fork/public")])
        try await other.serve { otherURL in
            try await mine.serve { url in
                #expect(try await verify(url).status == 0)
                let outcome = try await verify(url, ["--view", otherURL + "/log"])
                #expect(outcome.status == 1, "\(outcome.text)")
                #expect(outcome.text.contains("another tree of 600 entries was signed as well"), "\(outcome.text)")
            }
        }
    }

    @Test("another key: a log that a reader doesn't know isn't taken for the one that it does")
    func otherKey() async throws {
        try Vigil.makeLog(folder, "other", count: 10)
        try await LogSite([("/log/", folder.path + "/other/public")]).serve { url in
            let outcome = try await verify(url)
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("FAULT checkpoint: isn't signed by the log's key"), "\(outcome.text)")
        }
    }

    @Test("no answer is no verdict: status 2, and nothing on standard output")
    func unreachable() async throws {
        let outcome = try await Vigil.run(["log", "verify", "http://127.0.0.1:9/log", "--key", key])
        #expect(outcome.status == 2 && outcome.text == "")
    }

    @Test("a proof is checked without the log, and is of its entry alone")
    func proofs() async throws {
        try await LogSite(honest).serve { url in
            let made = try await Vigil.run(["log", "prove", url + "/log", "300", "--key", key, "--output", folder.path])
            #expect(made.status == 0)
        }
        let policy = try folder.write("log \(key)\nquorum none\n", to: "policy")
        let check = [
            "log", "check-proof", folder.path + "/300.tlog-proof", folder.path + "/300.entry", "--policy", policy,
        ]
        let right = try await Vigil.run(check)
        #expect(right.status == 0 && right.text.contains("Entry 300 of go.example/log"), "\(right.text)")
        try folder.write(try folder.text("300.entry").replacing("incident", with: "agreement"), to: "300.entry")
        #expect(try await Vigil.run(check).status == 1)
    }
}
