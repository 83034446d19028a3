// SPDX-License-Identifier: Apache-2.0

/// Where a node's signalling is reached: host, port and whether TLS is spoken.
public struct NodeAddress: Hashable, Sendable {
    public var host: String
    public var port: Int
    public var usesTLS: Bool

    public init(host: String, port: Int, usesTLS: Bool) {
        self.host = host
        self.port = port
        self.usesTLS = usesTLS
    }
}
