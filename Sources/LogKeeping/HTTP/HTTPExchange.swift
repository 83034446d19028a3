// SPDX-License-Identifier: Apache-2.0

/// One question, one answer. The network's is ``NetworkExchange``; tests answer themselves.
public protocol HTTPExchange: Sendable {
    /// - Parameter longest: bytes of the longest body that is read.
    func get(_ url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply

    func post(_ body: [UInt8], to url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply
}
