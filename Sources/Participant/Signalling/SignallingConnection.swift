// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A WebSocket to a node: text out, text in.
final class SignallingConnection: Sendable {
    /// The messages in the order they came; finishes when the socket ends.
    let messages: AsyncStream<[UInt8]>

    private let channel: any Channel

    private init(channel: any Channel, messages: AsyncStream<[UInt8]>) {
        self.channel = channel
        self.messages = messages
    }

    /// Connects and upgrades. A node's own certificate is accepted: the headless participant is a test and load tool,
    /// and what it hears from a node it does not believe more than from anybody else.
    static func connect(
        to node: NodeAddress,
        group: any EventLoopGroup
    ) async throws(ParticipantError) -> SignallingConnection {
        let (messages, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        do {
            let upgraded = try await ClientBootstrap(group: group)
                .connectTimeout(.seconds(10))
                .connect(host: node.host, port: node.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try configure(channel, node: node, continuation: continuation)
                    }
                }
            let channel = try await upgraded.get()
            return SignallingConnection(channel: channel, messages: messages)
        } catch {
            throw .unreachable
        }
    }

    func send(_ text: [UInt8]) async throws(ParticipantError) {
        let frame = WebSocketFrame(
            fin: true,
            opcode: .text,
            maskKey: .random(),
            data: ByteBuffer(bytes: text)
        )
        do {
            try await channel.writeAndFlush(frame)
        } catch {
            throw .disconnected
        }
    }

    /// Ends the socket without a goodbye, as a network that goes away does.
    func cut() async {
        try? await channel.close()
    }

    private static func configure(
        _ channel: any Channel,
        node: NodeAddress,
        continuation: AsyncStream<[UInt8]>.Continuation
    ) throws -> EventLoopFuture<any Channel> {
        if node.usesTLS {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .none
            let handler = try NIOSSLClientHandler(context: NIOSSLContext(configuration: tls), serverHostname: nil)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let upgrader = NIOTypedWebSocketClientUpgrader<any Channel>(maxFrameSize: 1 << 20) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers([
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 1,
                        maxAccumulatedFrameCount: 1_024,
                        maxAccumulatedFrameSize: 4 << 20
                    ),
                    SignallingHandler(continuation: continuation),
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
