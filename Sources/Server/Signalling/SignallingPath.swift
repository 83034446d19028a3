// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// Where signalling lives, and which requests may become a signalling connection.
enum SignallingPath {
    static let path = "/signal"

    /// RFC 6455 §4.2.1, and the node's own rules.
    static func accepts(_ head: HTTPRequestHead, status: NodeStatus) -> Bool {
        let headers = head.headers
        return head.method == .GET && head.version == .http1_1
            && head.uri.prefix { $0 != "?" } == path
            && headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
            && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
            && headers["sec-websocket-version"] == ["13"]
            && headers["sec-websocket-key"].count == 1
            && headers["content-length"].isEmpty && headers["transfer-encoding"].isEmpty
            && !status.isDraining
            && headers["origin"].count <= 1
            && status.allowedOrigins.allows(headers.first(name: "origin"))
    }
}
