// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A WebSocket to a node: text out, text in.
final class SignallingConnection: Sendable {
    private let channel: any Channel

    private init(channel: any Channel) {
        self.channel = channel
    }

    /// Connects and upgrades. A node's own certificate is accepted: the headless participant is a test and load tool,
    /// and what it hears from a node it does not believe more than from anybody else.
    ///
    /// - Parameters:
    ///   - onText: each message in its turn, on the event loop.
    ///   - onEnd: once, when the socket has ended, on the event loop.
    static func connect(
        to node: NodeAddress,
        on eventLoop: any EventLoop,
        onText: @escaping @Sendable ([UInt8]) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) async throws(ParticipantError) -> SignallingConnection {
        do {
            let upgraded = try await ClientBootstrap(group: eventLoop)
                .connectTimeout(.seconds(10))
                .connect(host: node.host, port: node.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try configure(channel, node: node, onText: onText, onEnd: onEnd)
                    }
                }
            return SignallingConnection(channel: try await upgraded.get())
        } catch {
            throw .unreachable
        }
    }

    /// In order, and without waiting: what can't be sent any more is lost with the socket.
    func send(_ text: [UInt8]) {
        let frame = WebSocketFrame(
            fin: true,
            opcode: .text,
            maskKey: .random(),
            data: ByteBuffer(bytes: text)
        )
        channel.writeAndFlush(frame, promise: nil)
    }

    /// Ends the socket after what was sent before.
    func close() { channel.close(promise: nil) }

    private static func configure(
        _ channel: any Channel,
        node: NodeAddress,
        onText: @escaping @Sendable ([UInt8]) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) throws -> EventLoopFuture<any Channel> {
        if node.usesTLS {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .none
            let handler = try NIOSSLClientHandler(context: NIOSSLContext(configuration: tls), serverHostname: nil)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let upgrader = NIOTypedWebSocketClientUpgrader<any Channel>(maxFrameSize: 4 << 20) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers([
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 1,
                        maxAccumulatedFrameCount: 1_024,
                        maxAccumulatedFrameSize: 4 << 20
                    ),
                    SignallingHandler(onText: onText, onEnd: onEnd),
                ])
                return channel
            }
        }
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: "\(node.host):\(node.port)")
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/signal", headers: headers)
        let configuration = NIOTypedHTTPClientUpgradeConfiguration<any Channel>(
            upgradeRequestHead: head,
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.eventLoop.makeFailedFuture(ParticipantError.unreachable)
            }
        )
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
            configuration: .init(upgradeConfiguration: configuration)
        )
    }
}
