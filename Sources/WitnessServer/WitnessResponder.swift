// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import LogKeeping
import NIOCore
import Transparency

/// The witness's HTTP: `POST /add-checkpoint`, `GET /<origin hash>/checkpoint` (C2SP tlog-witness; submission and monitoring
/// prefix are the same), and `GET /`, which says whose witness this is.
struct WitnessResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let keeper: WitnessKeeper<PosixDisk>
    let greeting: String

    func respond(to request: Request, context: Context) async throws -> Response {
        switch (request.method, request.uri.path) {
        case (.post, "/add-checkpoint"): return await addCheckpoint(request)
        case (.get, "/"), (.head, "/"): return WitnessResponder.text(.ok, greeting)
        case (.get, let path), (.head, let path): return await checkpoint(path)
        default: return WitnessResponder.text(.methodNotAllowed, "Only GET, and POST of add-checkpoint.\n")
        }
    }

    private func addCheckpoint(_ request: Request) async -> Response {
        guard let body = try? await request.body.collect(upTo: AddCheckpointRequest.longest) else {
            return WitnessResponder.text(.contentTooLarge, "too long\n")
        }
        let answer = await keeper.addCheckpoint(Array(buffer: body))
        return Response(
            status: .init(code: answer.status),
            headers: [.contentType: answer.contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }

    private func checkpoint(_ path: String) async -> Response {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[2] == "checkpoint",
            let bytes = await keeper.checkpoint(originHash: String(parts[1]))
        else { return WitnessResponder.text(.notFound, "There is nothing here.\n") }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache", .accessControlAllowOrigin: "*",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}
