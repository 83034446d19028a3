// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import LogKeeping
import NIOCore
import Testing
import WebClient

@testable import CLI

@Suite("The client inside of the program")
struct EmbeddedClientTests {
    private static func packed(_ files: [(String, String)]) -> [UInt8] {
        var writer = ByteWriter(reserving: 64)
        for (path, text) in files {
            writer.write(UInt16(path.utf8.count))
            writer.write(Array(path.utf8))
            writer.write(UInt32(text.utf8.count))
            writer.write(Array(text.utf8))
        }
        return writer.bytes
    }

    @Test("is read as it was packed, and nothing that is cut off")
    func packed() throws {
        let bytes = Self.packed([("index.html", "one"), ("app/main.js", "two")])
        let bundle = try #require(EmbeddedClient.bundle(packed: bytes))
        #expect(bundle.manifest == ClientManifest(["index.html": Array("one".utf8), "app/main.js": Array("two".utf8)]))
        for length in 1..<bytes.count {
            let cut = EmbeddedClient.bundle(packed: Array(bytes.prefix(length)))
            #expect(cut == nil || cut?.files.count == 1)
        }
    }

    @Test("holds the very files that a node serves, by the same rules")
    func sameAsServed() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let script = root.appendingPathComponent("scripts/embed-web")
        #expect(FileManager.default.isExecutableFile(atPath: script.path))
        // Without the core for browsers there is nothing to pack, and the build has none in it.
        let packed = root.appendingPathComponent("Sources/CWebClient/web-client.bin")
        guard let data = try? Data(contentsOf: packed) else {
            #expect(EmbeddedClient.bundle() == nil)
            return
        }
        let bundle = try #require(EmbeddedClient.bundle(packed: Array(data)))
        let folder = try WebBundle(folder: root.appendingPathComponent("web").path)
        let changed = Set(bundle.manifest.files).symmetricDifference(folder.manifest.files)
        #expect(Set(bundle.manifest.files.map(\.path)) == Set(folder.manifest.files.map(\.path)), "\(changed)")
    }

    @Test("is served to this machine under its own name only")
    func ownNameOnly() {
        let pages = LocalPages(
            bundle: WebBundle(contents: ["/index.html": "start", "/m.html": "meeting"]),
            node: "https://meet.example"
        )
        let good = pages.response(method: .get, path: "/m.html", host: "localhost:4000")
        #expect(good.status == .ok)
        // Of the node nothing is run; its log may be read.
        let policy = good.headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("script-src 'self' 'wasm-unsafe-eval';"))
        #expect(policy.contains("connect-src 'self' ws: wss: https://meet.example;"))
        #expect(policy.components(separatedBy: "meet.example").count == 2)
        for host in [nil, "evil.example", "localhost", "localhost.evil.example:80", "127.0.0.1.evil.example:1"] {
            #expect(pages.response(method: .get, path: "/m.html", host: host).status == .misdirectedRequest)
        }
        #expect(pages.response(method: .get, path: "/../etc/passwd", host: "localhost:1").status == .notFound)
        #expect(pages.response(method: .post, path: "/", host: "localhost:1").status == .methodNotAllowed)
    }
}
