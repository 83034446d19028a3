// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// A web server that shows files of folders, except where a test has put something else: an honest node or a lying one.
final class LogSite: Sendable {
    private let shown = NIOLockedValueBox<[String: [UInt8]?]>([:])
    private let folders: NIOLockedValueBox<[(prefix: String, folder: String)]>

    /// - Parameter folders: whose files are shown below which prefix, e.g. `/log/`.
    init(_ folders: [(prefix: String, folder: String)]) {
        self.folders = NIOLockedValueBox(folders)
    }

    func show(_ folders: [(prefix: String, folder: String)]) { self.folders.withLockedValue { $0 = folders } }

    /// From now on this, or nothing, at that path.
    func replace(_ path: String, _ bytes: [UInt8]?) { shown.withLockedValue { $0[path] = .some(bytes) } }

    private func file(_ path: String) -> [UInt8]? {
        if let replaced = shown.withLockedValue({ $0[path] }) { return replaced }
        for (prefix, folder) in folders.withLockedValue({ $0 }) where path.hasPrefix(prefix) {
            let file = folder + "/" + path.dropFirst(prefix.count)
            if let data = FileManager.default.contents(atPath: file) { return Array(data) }
        }
        return nil
    }

    /// Serves while `body` runs.
    func serve<Result: Sendable>(_ body: @escaping @Sendable (_ url: String) async throws -> Result) async throws
        -> Result
    {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "site")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                guard let bytes = self.file(request.uri.path) else { return Response(status: .notFound) }
                return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                let port = await iterator.next() ?? 0
                return try await body("http://127.0.0.1:\(port)")
            }
            while let finished = try await group.next() {
                if let finished {
                    group.cancelAll()
                    return finished
                }
            }
            throw CancellationError()
        }
    }
}
