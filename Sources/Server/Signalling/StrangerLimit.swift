// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Bounds what arrives on a signalling connection before it stands at the door of a meeting, or has founded one: that needs
/// few bytes, and the node must not hold a whole message's worth for each of a thousand strangers.
///
/// Before the frames are put together, since an unfinished frame is what would be held.
final class StrangerLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// A join with its key package, and a group of one with its card.
    static let maximumBytes = 64 << 10

    /// What arrives afterwards is dropped.
    var onExceeded: () -> Void = {}
    private var left = StrangerLimit.maximumBytes
    private var isLifted = false
    private var isExceeded = false

    /// The connection has joined.
    func lift() { isLifted = true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isLifted { return context.fireChannelRead(data) }
        guard !isExceeded else { return }
        left -= Self.unwrapInboundIn(data).readableBytes
        if left >= 0 { return context.fireChannelRead(data) }
        isExceeded = true
        onExceeded()
    }
}
