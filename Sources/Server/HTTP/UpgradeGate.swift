// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Stands between the HTTP decoder and the upgrade: takes the wish to upgrade out of every request that won't be
/// upgraded, and drops request bodies.
///
/// NIO's upgrade handler forgets the request when none of its upgraders wants it (seen with 2.101.2), and the client
/// gets an empty answer. Without the header the request goes the ordinary way and gets an ordinary answer.
final class UpgradeGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// Nothing here takes a body; one that is small is ignored, so that the client can read why.
    private static let maximumBodySize = 64 << 10

    private let status: NodeStatus
    private let watch: ConnectionWatch
    private var bodySize = 0
    private var isFirst = true

    init(status: NodeStatus, watch: ConnectionWatch) {
        self.status = status
        self.watch = watch
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head(var head):
            watch.requestBegan()
            // Only the first request of a connection can be upgraded (NIO).
            if !isFirst || !SignallingPath.accepts(head, status: status) { head.headers.remove(name: "upgrade") }
            isFirst = false
            bodySize = 0
            context.fireChannelRead(Self.wrapInboundOut(.head(head)))
        case .body(let bytes):
            bodySize += bytes.readableBytes
            if bodySize > UpgradeGate.maximumBodySize { context.close(promise: nil) }
        case .end:
            context.fireChannelRead(data)
        }
    }
}
