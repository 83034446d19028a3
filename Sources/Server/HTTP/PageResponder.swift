// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import WebClient

/// Everything that is asked for by plain HTTP: the web client and the node's own state.
struct PageResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let bundle: WebBundle
    let status: NodeStatus
    let isTrustedTLS: Bool

    func respond(to request: Request, context: Context) async throws -> Response {
        response(method: request.method, path: PageResponder.path(of: request), headers: request.headers)
    }

    /// The answer as a value of the request, so that tests need no socket.
    func response(method: HTTPRequest.Method, path: String, headers: HTTPFields) -> Response {
        guard method == .get || method == .head else {
            return plain(.methodNotAllowed, "Only GET and HEAD.\n", adding: [.allow: "GET, HEAD"])
        }
        var response =
            switch path {
            case SignallingPath.path: upgradeRequired(headers)
            case "/healthz": plain(.ok, "ok\n")
            case "/readyz": status.isDraining ? plain(.serviceUnavailable, "draining\n") : plain(.ok, "ready\n")
            default: page(at: path, headers: headers)
            }
        if method == .head {
            // The same header as GET, with its length, and nothing after it (RFC 9110 §9.3.2).
            let length = response.headers[.contentLength]
            response.body = .init()
            response.headers[.contentLength] = length
        }
        return response
    }

    private func page(at path: String, headers: HTTPFields) -> Response {
        guard let file = bundle.file(at: path) else { return plain(.notFound, "There is nothing here.\n") }
        // `no-cache` is "ask each time": an update arrives at once, and an unchanged file costs one 304.
        var fields = common
        fields[.eTag] = file.entityTag
        fields[.cacheControl] = "no-cache"
        if PageResponder.matches(headers[.ifNoneMatch], file.entityTag) {
            return Response(status: .notModified, headers: fields)
        }
        fields[.contentType] = file.mediaType
        fields[.contentLength] = String(file.content.readableBytes)
        return Response(status: .ok, headers: fields, body: .init(byteBuffer: file.content))
    }

    /// A request for `/signal` that ``UpgradeGate`` didn't let through.
    private func upgradeRequired(_ headers: HTTPFields) -> Response {
        if status.isDraining { return plain(.serviceUnavailable, "draining\n") }
        if !status.allowedOrigins.allows(headers[.origin]) {
            return plain(.forbidden, "Pages of this origin may not open meetings here.\n")
        }
        return plain(
            .upgradeRequired,
            "This is a WebSocket.\n",
            adding: [.upgrade: "websocket", .secWebSocketVersion: "13"]
        )
    }

    private func plain(_ status: HTTPResponse.Status, _ text: String, adding added: HTTPFields = [:]) -> Response {
        var fields = common
        fields[.contentType] = "text/plain; charset=utf-8"
        fields[.contentLength] = String(text.utf8.count)
        fields[.cacheControl] = "no-store"
        fields.append(contentsOf: added)
        return Response(status: status, headers: fields, body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private var common: HTTPFields { SecurityHeaders.fields(isTrustedTLS: isTrustedTLS) }

    /// The target up to its query, as sent: no decoding, no normalising. What differs isn't found.
    private static func path(of request: Request) -> String {
        let target = request.head.path ?? "/"
        return String(target.prefix { $0 != "?" && $0 != "#" })
    }

    /// RFC 9110 §13.1.2, with the weak comparison that it asks for.
    private static func matches(_ field: String?, _ tag: String) -> Bool {
        guard let field else { return false }
        return field.split(separator: ",").contains { candidate in
            let trimmed = candidate.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed()
            let text = String(trimmed)
            return text == "*" || text == tag || text == "W/" + tag
        }
    }
}
