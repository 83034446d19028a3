// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WebClient

@testable import Server

@Suite("The web client's files")
struct WebBundleTests {
    @Test("a folder becomes paths; hidden files, tests and unknown types stay out")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bundle-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in [
            "index.html", "app/main.js", "app/room/tile.js", ".secret.js", "node_modules/x/x.js", "tests/a.js", "a.pem",
            "types/browser.d.ts",
        ] {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(path.utf8).write(to: file)
        }
        let bundle = try WebBundle(folder: folder.path)
        #expect(bundle.files.keys.sorted() == ["/app/main.js", "/app/room/tile.js", "/index.html"])
        #expect(bundle.file(at: "/")?.content == bundle.files["/index.html"]?.content)
    }

    @Test("a folder without a start page is no web client")
    func empty() throws {
        #expect(throws: WebBundleError.self) { try WebBundle(folder: "/nowhere") }
    }
}
