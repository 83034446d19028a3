// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// What every accepted connection becomes: pages by Hummingbird, or signalling by ``SocketHandler``.
struct NodeChannel: ServerChildChannel, HTTPChannelHandler {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// Known only with the first request, long after the connection is set up.
        let upgraded: EventLoopFuture<Upgraded>
    }

    enum Upgraded: Sendable {
        case pages(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case signalling
    }

    let responder: HTTPChannelHandler.Responder
    let connections: Connections
    let status: NodeStatus
    let totals: Totals
    let pool = SendPool()
    let delegate: any SocketDelegate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard let ticket = connections.admit(channel) else {
            channel.close(promise: nil)
            let refused: EventLoopFuture<Upgraded> = channel.eventLoop.makeFailedFuture(ConnectionRefused())
            return channel.eventLoop.makeSucceededFuture(Value(channel: channel, upgraded: refused))
        }
        return channel.eventLoop.makeCompletedFuture {
            Value(channel: channel, upgraded: try configure(channel, ticket, logger))
        }
    }

    func handle(value: Value, logger: Logger) async {
        switch try? await value.upgraded.get() {
        case .pages(let pages): await handleHTTP(asyncChannel: pages, logger: logger)
        case .signalling: try? await value.channel.closeFuture.get()
        case .none: break
        }
    }

    /// By hand rather than with NIO's `configureUpgradableHTTPServerPipeline`, for the gate and the decoder's limits.
    private func configure(
        _ channel: any Channel,
        _ ticket: Connections.Ticket,
        _ logger: Logger
    ) throws -> EventLoopFuture<Upgraded> {
        let pipeline = channel.pipeline.syncOperations
        let watch = ConnectionWatch()
        let encoder = HTTPResponseEncoder()
        let decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: NodeChannel.headerLimits)
        )
        let gate = UpgradeGate(status: status, watch: watch)
        let upgrade = NIOTypedHTTPServerUpgradeHandler<Upgraded>(
            httpEncoder: encoder,
            extraHTTPHandlers: [watch, decoder, gate],
            upgradeConfiguration: .init(
                upgraders: [signallingUpgrader(ticket)],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeCompletedFuture { .pages(try NodeChannel.configurePages(channel, logger)) }
                }
            )
        )
        try pipeline.addHandlers([watch, encoder, decoder, gate, upgrade])
        return upgrade.upgradeResultFuture
    }

    private func signallingUpgrader(_ ticket: Connections.Ticket) -> NIOTypedWebSocketServerUpgrader<Upgraded> {
        let delegate = delegate
        let totals = totals
        let pool = pool
        return NIOTypedWebSocketServerUpgrader(
            maxFrameSize: MessageAssembler.maximumMessageSize,
            enableAutomaticErrorHandling: false,
            // The gate has looked already.
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    let limit = StrangerLimit()
                    let boundLimit = NIOLoopBound(limit, eventLoop: channel.eventLoop)
                    let handler = SocketHandler(id: ticket.id, delegate: delegate, totals: totals, pool: pool) {
                        ticket.promote()
                        channel.eventLoop.execute { boundLimit.value.lift() }
                    }
                    limit.onExceeded = { [weak handler] in handler?.end(.tooLarge) }
                    try channel.pipeline.syncOperations.addHandler(limit, position: .first)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return .signalling
                }
            }
        )
    }

    private static func configurePages(
        _ channel: any Channel,
        _ logger: Logger
    ) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: .seconds(30), logger: logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true)
        )
    }

    /// No request here needs more; NIO's own limits allow 2 MiB of headers a connection.
    private static let headerLimits: NIOHTTPDecoderLimitConfiguration = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 8 << 10
        limits.maxHeaderListSize = 16 << 10
        limits.maxHeaderFieldCount = 64
        return limits
    }()
}

/// The node has as many connections as it takes.
struct ConnectionRefused: Error {}

extension HTTPServerBuilder {
    static func node(
        connections: Connections,
        status: NodeStatus,
        totals: Totals,
        delegate: any SocketDelegate
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            NodeChannel(
                responder: responder,
                connections: connections,
                status: status,
                totals: totals,
                delegate: delegate
            )
        }
    }
}
