// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A log somewhere on the web, read by its prefix (C2SP tlog-tiles).
public struct LogSource<Exchange: HTTPExchange>: Sendable {
    /// Without a slash at its end.
    public let prefix: String
    private let exchange: Exchange
    private let pause: Duration

    /// - Parameter pause: before a request is tried again, the first time; then twice as long each time.
    public init(_ prefix: String, over exchange: Exchange, pause: Duration = .milliseconds(500)) {
        self.prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        self.exchange = exchange
        self.pause = pause
    }

    /// All at once, in their order; `nil` for what the server says it doesn't have.
    public func fetch(_ resources: [LogResource]) async throws(LogSourceFault) -> [[UInt8]?] {
        let answers = await withTaskGroup(of: (Int, Result<[UInt8]?, LogSourceFault>).self) { group in
            for (place, resource) in resources.enumerated() {
                group.addTask { (place, await self.answer(resource.path, longest: resource.longest)) }
            }
            var answers = [Result<[UInt8]?, LogSourceFault>?](repeating: nil, count: resources.count)
            for await (place, answer) in group { answers[place] = answer }
            return answers
        }
        var files: [[UInt8]?] = []
        for answer in answers { files.append(try answer?.get()) }
        return files
    }

    /// Something else below the prefix.
    public func fetch(path: String, longest: Int) async throws(LogSourceFault) -> [UInt8]? {
        try await answer(path, longest: longest).get()
    }

    private func answer(_ path: String, longest: Int) async -> Result<[UInt8]?, LogSourceFault> {
        let url = prefix + "/" + path
        var pause = pause
        var last = LogSourceFault.status(url, 0)
        for attempt in 0..<3 {
            if attempt > 0 {
                try? await Task.sleep(for: pause)
                pause *= 2
            }
            do throws(HTTPFailure) {
                let reply = try await exchange.get(url, longest: longest)
                switch reply.status {
                case 200: return .success(reply.body)
                case 404, 410: return .success(nil)
                case 429, 500...599: last = .status(url, reply.status)
                default: return .failure(.status(url, reply.status))
                }
            } catch {
                last = .failed(url, error)
                if error == .badAddress || error == .tooLong { return .failure(last) }
            }
        }
        return .failure(last)
    }
}

extension LogResource {
    /// Bytes of the longest that there can be.
    fileprivate var longest: Int {
        switch self {
        case .checkpoint: SignedNote.longest
        case .tile: TileCoordinate.fullWidth * TreeHash.length
        case .entries: TileCoordinate.fullWidth * (2 + EntryBundle.longestEntry)
        }
    }
}
