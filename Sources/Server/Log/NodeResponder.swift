// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Plain HTTP as a whole: the log below `/log/`, everything else a page.
struct NodeResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let pages: PageResponder
    /// `nil` in tests of a node without a log.
    let log: LogResponder?

    func respond(to request: Request, context: Context) async throws -> Response {
        if let log, request.uri.path.hasPrefix(LogResponder.prefix) {
            return try await log.respond(to: request, context: context)
        }
        return try await pages.respond(to: request, context: context)
    }
}
