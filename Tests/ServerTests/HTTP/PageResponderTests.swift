// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdCore
import Testing
import WebClient

@testable import Server

@Suite("Pages")
struct PageResponderTests {
    let status = NodeStatus(allowedOrigins: .listed(["https://meet.example"]))

    private func respond(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        _ headers: HTTPFields = [:],
        isTrustedTLS: Bool = false
    ) -> Response {
        let bundle = WebBundle(contents: [
            "/index.html": "landing", "/m.html": "meeting", "/app/main.js": "export {}", "/core.wasm": "wasm",
        ])
        let responder = PageResponder(bundle: bundle, status: status, isTrustedTLS: isTrustedTLS)
        return responder.response(method: method, path: path, headers: headers)
    }

    @Test("pages and files come with their types")
    func types() {
        #expect(respond("/").headers[.contentType] == "text/html; charset=utf-8")
        #expect(respond("/m").headers[.contentLength] == "7")
        #expect(respond("/app/main.js").headers[.contentType] == "text/javascript; charset=utf-8")
        #expect(respond("/core.wasm").headers[.contentType] == "application/wasm")
    }

    @Test(
        "only what is in the bundle is found",
        arguments: [
            "/../etc/passwd", "/app/../../etc/passwd", "/%2e%2e/etc/passwd", "/app/%2e%2e/index.html", "/app/../m.html",
            "//index.html", "/app", "/app/", "/App/main.js", "/app/main.js/", "/app\\main.js", "/.git/config", "", "m",
            "/app/main.js%00.html", "/index.html/..", "/./index.html",
        ]
    )
    func traversal(path: String) {
        #expect(respond(path).status == .notFound)
    }

    @Test("every answer is strict, errors too", arguments: ["/", "/app/main.js", "/nothing", "/healthz", "/signal"])
    func strict(path: String) throws {
        let headers = respond(path).headers
        let policy = try #require(headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("require-trusted-types-for 'script'; trusted-types vigil-frames"))
        #expect(!policy.contains("unsafe-inline"))
        #expect(!policy.contains("unsafe-eval "))
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[.referrerPolicy] == "no-referrer")
        #expect(headers[.permissionsPolicy]?.contains("camera=(self)") == true)
        #expect(headers[.crossOriginOpenerPolicy] == "same-origin")
        #expect(headers[.accessControlAllowOrigin] == "*")
        #expect(headers[.setCookie] == nil)
    }

    @Test("HSTS only where the certificate is one that browsers know")
    func hsts() {
        #expect(respond("/").headers[.strictTransportSecurity] == nil)
        #expect(respond("/", isTrustedTLS: true).headers[.strictTransportSecurity] != nil)
    }

    @Test("a file that the browser has already isn't sent again")
    func revalidation() throws {
        let first = respond("/app/main.js")
        #expect(first.headers[.cacheControl] == "no-cache")
        let tag = try #require(first.headers[.eTag])
        for condition in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let again = respond("/app/main.js", .get, [.ifNoneMatch: condition])
            #expect(again.status == .notModified)
            #expect(again.body.contentLength == 0)
            #expect(again.headers[.eTag] == tag)
        }
        #expect(respond("/app/main.js", .get, [.ifNoneMatch: "\"other\""]).status == .ok)
        #expect(respond("/").headers[.eTag] != tag)
    }

    @Test("HEAD is GET without the body; other methods are refused")
    func methods() {
        let head = respond("/", .head)
        #expect(head.status == .ok)
        #expect(head.headers[.contentLength] == "7")
        #expect(head.body.contentLength == 0)
        for method in [HTTPRequest.Method.post, .put, .delete, .options, .connect] {
            let refused = respond("/", method)
            #expect(refused.status == .methodNotAllowed)
            #expect(refused.headers[.allow] == "GET, HEAD")
        }
    }

    @Test("a plain request for the signalling path is told what it is")
    func signalling() {
        let plain = respond("/signal")
        #expect(plain.status == .upgradeRequired)
        #expect(plain.headers[.upgrade] == "websocket")
        #expect(respond("/signal", .get, [.origin: "https://elsewhere.example"]).status == .forbidden)
        #expect(respond("/signal", .get, [.origin: "https://meet.example"]).status == .upgradeRequired)
    }

    @Test("while it stops the node is alive but not ready")
    func draining() {
        #expect(respond("/healthz").status == .ok)
        #expect(respond("/readyz").status == .ok)
        #expect(status.startDraining())
        #expect(!status.startDraining())
        #expect(respond("/healthz").status == .ok)
        #expect(respond("/readyz").status == .serviceUnavailable)
        #expect(respond("/signal").status == .serviceUnavailable)
    }
}
