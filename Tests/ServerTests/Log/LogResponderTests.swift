// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import LogKeeping
import NIOCore
import NativeCrypto
import TestSupport
import Testing
import Transparency
import WebClient

@testable import Server

@Suite("The node's log over HTTP")
struct LogResponderTests {
    private let folder: TemporaryFolder
    private let settings: Settings
    private let bundle = WebBundle(contents: ["/index.html": "start", "/m.html": "meeting"])

    init() async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        settings = try await SettingsSources(
            commandLine: [.data: [folder.path + "/data/deep"], .logOrigin: ["node.example/log"]]
        ).resolve()
    }

    @Test("checkpoint, tiles, bundles with their types and for how long they may be kept; nothing else")
    func resources() async throws {
        let log = try NodeLog(settings, manifest: bundle.manifest)
        await log.writer.start()
        await log.logReleases()
        let responder = LogResponder(log: log, isTrustedTLS: false)
        func get(_ path: String) async -> (status: Int, type: String?, cache: String?, length: String?) {
            let response = await responder.response(method: .get, path: path)
            let headers = response.headers
            return (response.status.code, headers[.contentType], headers[.cacheControl], headers[.contentLength])
        }
        let checkpoint = await get("/log/checkpoint")
        #expect(checkpoint.status == 200 && checkpoint.type == "text/plain; charset=utf-8")
        #expect(checkpoint.cache == "no-cache")
        let forever = "public, max-age=31536000, immutable"
        #expect(await get("/log/tile/0/000.p/2") == (200, "application/octet-stream", forever, "64"))
        #expect(await get("/log/tile/entries/000.p/2").cache == forever)
        #expect(await get("/log/policy").type == "text/plain; charset=utf-8")
        for path in [
            "/log/key", "/log/record", "/log/stage", "/log/lock", "/log/../log/key", "/log/tile/0/000",
            "/log/tile/0/000.p/3", "/log/tile/0/000.p/02", "/log/tile/entries/000", "/log/checkpoint/",
            "/log/%63heckpoint",
        ] {
            #expect(await get(path).status == 404, "\(path)")
        }
        // The page is beside the folder.
        let page = await responder.response(method: .get, path: "/log/")
        #expect(page.status == .permanentRedirect && page.headers[.location] == "../log")
        let head = await responder.response(method: .head, path: "/log/tile/0/000.p/2")
        #expect(head.headers[.contentLength] == "64")
        #expect(await responder.response(method: .post, path: "/log/checkpoint").status == .methodNotAllowed)
        await log.writer.end()
    }

    @Test("a start logs client and program once; the same start again logs nothing; the policy names the log's key")
    func releases() async throws {
        var size: UInt64 = 0
        for _ in 0..<2 {
            let log = try NodeLog(settings, manifest: bundle.manifest)
            await log.writer.start()
            await log.logReleases()
            let bytes = try #require(try log.store.read(.checkpoint))
            let policy = try TrustPolicy(parsing: log.policyText, with: NativeCrypto.self)
            let cosigned = try policy.verify(SignedCheckpoint(parsing: bytes), with: NativeCrypto.self)
            #expect(cosigned.origin.text == "node.example/log")
            size = cosigned.head.size
            await log.writer.end()
        }
        #expect(size == 2)
        #expect(try folder.permissions("data/deep/log/key") == 0o600)
        let changed = WebBundle(contents: ["/index.html": "other"]).manifest
        let log = try NodeLog(settings, manifest: changed)
        await log.writer.start()
        await log.logReleases()
        #expect(await log.writer.head?.size == 3)
        await log.writer.end()
    }

    @Test("a folder that can't be made, and one that another node has, are said so")
    func refused() async throws {
        let first = try NodeLog(settings, manifest: bundle.manifest)
        #expect(throws: NodeLogFault.log(.inUse(folder.path + "/data/deep/log"))) {
            try NodeLog(settings, manifest: bundle.manifest)
        }
        withExtendedLifetime(first) {}
        let nowhere = try await SettingsSources(commandLine: [.data: ["/dev/null/x"]]).resolve()
        #expect(throws: NodeLogFault.dataFolder("/dev/null/x")) { try NodeLog(nowhere, manifest: bundle.manifest) }
    }
}
