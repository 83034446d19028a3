// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import TestSupport
import Testing
import Transparency

/// A real node with a web client of its own, and what `vigil log check-client` says of it.
@Suite("A node that serves other files than it logged", .serialized)
struct ClientAttackTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, text) in [("index.html", "start"), ("m.html", "meeting"), ("app/main.js", "honest()")] {
            try folder.write(text, to: "web/" + name)
        }
    }

    /// Runs a node until its log has so many entries, then stops it: its log and its client are on disk.
    private func runNode(until entries: Int) async throws -> (logged: Vigil.Outcome, verified: Vigil.Outcome) {
        let node = try Program(
            "vigil-server",
            ["--port", "0", "--data", folder.path + "/data", "--web", folder.path + "/web", "--log-level", "critical"]
        )
        var url: String?
        while url == nil, let line = node.line() {
            if let start = line.range(of: "http://localhost:") {
                url = "http://127.0.0.1:" + line[start.upperBound...].filter(\.isNumber)
            }
        }
        guard let url else { throw Vigil.Failure.noNode }
        // The node serves before its log has taken in what it is.
        var verified = try await Vigil.run(["log", "verify", url + "/log"])
        for _ in 0..<200 where !verified.text.contains("size     \(entries),") {
            verified = try await Vigil.run(["log", "verify", url + "/log"])
        }
        let outcome = try await Vigil.run(["log", "check-client", url])
        node.end()
        return (outcome, verified)
    }

    /// The same node's files, shown by a server that can lie.
    private func site() -> LogSite {
        LogSite([
            ("/log/", folder.path + "/data/log/public"), ("/", folder.path + "/web"),
        ])
    }

    private func policy(_ site: LogSite) throws {
        let key = try String(contentsOfFile: folder.path + "/data/log/key", encoding: .utf8)
        let text = try PrivateKeyText(parsing: Array(key.utf8)).publicHalf().text
        site.replace("/log/policy", Array("log \(text)\nquorum none\n".utf8))
        let files = ["index.html", "m.html", "app/main.js"]
        var contents: [String: [UInt8]] = [:]
        for file in files { contents[file] = try folder.bytes("web/" + file) }
        site.replace("/log/client.sha256", ClientManifest(contents).encoded)
        site.replace("/", contents["index.html"])
        site.replace("/m", contents["m.html"])
    }

    @Test("an honest node is in order; an altered file, page or list is told; so is an older client")
    func alteredFiles() async throws {
        let first = try await runNode(until: 2)
        #expect(first.logged.status == 0, "\(first.logged.text)")
        #expect(first.verified.status == 0 && first.verified.text.contains("size     2,"), "\(first.verified.text)")

        for (path, complaint) in [
            ("/app/main.js", "FAULT /app/main.js isn't what was logged"), ("/m", "FAULT /m isn't what was logged"),
        ] {
            let site = site()
            try policy(site)
            try await site.serve { url in
                #expect(try await Vigil.run(["log", "check-client", url]).status == 0)
                site.replace(path, Array("steal()".utf8))
                let outcome = try await Vigil.run(["log", "check-client", url])
                #expect(outcome.status == 1 && outcome.text.contains(complaint), "\(outcome.text)")
            }
        }
        // With a list of files that fits what is served, but isn't in the log.
        try folder.write("steal()", to: "web/app/main.js")
        let liar = site()
        try policy(liar)
        try await liar.serve { url in
            let outcome = try await Vigil.run(["log", "check-client", url])
            #expect(outcome.status == 1 && outcome.text.contains("isn't in the log"), "\(outcome.text)")
        }
        // A new version is logged when the node starts with it; the old one is then an earlier one.
        let second = try await runNode(until: 3)
        #expect(second.logged.status == 0 && second.verified.text.contains("size     3,"), "\(second.verified.text)")
        try folder.write("honest()", to: "web/app/main.js")
        let old = site()
        try policy(old)
        try await old.serve { url in
            let outcome = try await Vigil.run(["log", "check-client", url])
            #expect(outcome.status == 1 && outcome.text.contains("is an earlier one; entry 2"), "\(outcome.text)")
        }
    }
}
