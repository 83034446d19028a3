// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// HTTP and HTTPS over the network: certificates are checked, redirects are not followed (a witness or log that moves is a matter
/// for a person), bodies are bounded, compression isn't asked for.
public struct NetworkExchange: HTTPExchange {
    /// One for the process, as long as it lives: connections to witnesses stay open from batch to batch.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private let patience: TimeAmount

    /// - Parameter patience: for a whole answer, in seconds.
    public init(patience: Int64 = 10) {
        self.patience = .seconds(patience)
    }

    public func get(_ url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply {
        try await send(HTTPClientRequest(url: url), longest)
    }

    public func post(_ body: [UInt8], to url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.body = .bytes(ByteBuffer(bytes: body))
        request.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
        return try await send(request, longest)
    }

    private func send(_ request: HTTPClientRequest, _ longest: Int) async throws(HTTPFailure) -> HTTPReply {
        guard request.url.hasPrefix("https://") || request.url.hasPrefix("http://") else { throw .badAddress }
        do {
            let response = try await NetworkExchange.client.execute(request, timeout: patience)
            let body = try await response.body.collect(upTo: longest)
            return HTTPReply(
                status: Int(response.status.code),
                contentType: response.headers.first(name: "content-type") ?? "",
                body: Array(buffer: body)
            )
        } catch is NIOTooManyBytesError {
            throw .tooLong
        } catch let error as HTTPClientError {
            switch error {
            case .deadlineExceeded, .connectTimeout, .readTimeout: throw .tooLate
            case .invalidURL, .emptyHost: throw .badAddress
            default: throw .unreachable(error.shortDescription)
            }
        } catch {
            throw .unreachable("\(type(of: error))")
        }
    }
}
