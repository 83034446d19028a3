// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import WebClient

/// The web client for this machine alone.
///
/// Answers only requests that name this very address, so that a page of the web that points its own name here (DNS rebinding)
/// gets nothing.
struct LocalPages: HTTPResponder {
    typealias Context = BasicRequestContext

    let bundle: WebBundle
    /// The meeting's node, whose log the log's page shows. Nothing of it is ever run: it may be read, as data, and no more.
    let node: String

    func respond(to request: Request, context: Context) async throws -> Response {
        response(method: request.method, path: request.uri.path, host: request.head.authority)
    }

    /// The answer as a value of the request.
    func response(method: HTTPRequest.Method, path: String, host: String?) -> Response {
        guard let host, host.hasPrefix("localhost:") || host.hasPrefix("127.0.0.1:") else {
            return LocalPages.plain(.misdirectedRequest, "This address is for this machine alone.\n")
        }
        guard method == .get else { return LocalPages.plain(.methodNotAllowed, "Only GET.\n") }
        guard let file = bundle.file(at: path) else { return LocalPages.plain(.notFound, "There is nothing here.\n") }
        var fields = SecurityHeaders.fields(isTrustedTLS: false, readingLogOf: node)
        fields[.contentType] = file.mediaType
        fields[.contentLength] = String(file.content.readableBytes)
        fields[.cacheControl] = "no-store"
        return Response(status: .ok, headers: fields, body: .init(byteBuffer: file.content))
    }

    private static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8", .contentLength: String(text.utf8.count)],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}
