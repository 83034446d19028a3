// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import LogKeeping
import NIOCore
import NIOPosix
import Transparency
import WebClient

/// The log at `/log/`: checkpoint, tiles and entry bundles (C2SP tlog-tiles), and two texts of ours: `policy`, by which the node
/// itself publishes, and `client.sha256`, the files of the web client.
struct LogResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    static let prefix = "/log/"

    let log: NodeLog
    let isTrustedTLS: Bool

    func respond(to request: Request, context: Context) async throws -> Response {
        await response(method: request.method, path: request.uri.path)
    }

    /// The answer as a value of the request.
    /// - Parameter path: of the whole address, as sent.
    func response(method: HTTPRequest.Method, path: String) async -> Response {
        guard method == .get || method == .head else {
            var refusal = plain(.methodNotAllowed, "Only GET and HEAD.\n")
            refusal.headers[.allow] = "GET, HEAD"
            return refusal
        }
        var response = await found(String(path.dropFirst(LogResponder.prefix.count)))
        if method == .head {
            let length = response.headers[.contentLength]
            response.body = .init()
            response.headers[.contentLength] = length
        }
        return response
    }

    private func found(_ path: String) async -> Response {
        switch path {
        // People type the slash; the page's own files lie beside it.
        case "": return page()
        case "policy": return file(log.policyText, "text/plain; charset=utf-8", cache: "no-cache")
        case "client.sha256": return file(log.manifest.encoded, "text/plain; charset=utf-8", cache: "no-cache")
        default: break
        }
        guard let resource = LogResource(path: path.utf8) else { return plain(.notFound, "There is nothing here.\n") }
        let store = log.store
        do {
            let bytes = try await NIOThreadPool.singleton.runIfActive { try store.read(resource) }
            guard let bytes else { return plain(.notFound, "There is nothing here.\n") }
            switch resource {
            case .checkpoint:
                // "Its headers SHOULD prevent caching beyond a few seconds."
                return file(bytes, "text/plain; charset=utf-8", cache: "no-cache")
            case .tile, .entries:
                // What a path holds never changes, of partial ones neither: wider ones have paths of their own.
                return file(bytes, "application/octet-stream", cache: "public, max-age=31536000, immutable")
            }
        } catch {
            return plain(.internalServerError, "The log can't be read.\n")
        }
    }

    private func file(_ bytes: [UInt8], _ type: String, cache: String) -> Response {
        var fields = SecurityHeaders.fields(isTrustedTLS: isTrustedTLS)
        fields[.contentType] = type
        fields[.contentLength] = String(bytes.count)
        fields[.cacheControl] = cache
        return Response(status: .ok, headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func page() -> Response {
        var response = plain(.permanentRedirect, "The page is at /log.\n")
        response.headers[.location] = "../log"
        return response
    }

    private func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        var response = file(Array(text.utf8), "text/plain; charset=utf-8", cache: "no-store")
        response.status = status
        return response
    }
}
