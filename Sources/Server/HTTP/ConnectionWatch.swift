// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Ends connections that don't do anything: no whole request head in the first seconds, however its bytes trickle, or no
/// byte for long.
///
/// First in the pipeline after TLS, so that a handshake that never ends counts as silence. Leaves when the connection
/// becomes a signalling connection, which has its own rules.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    static let firstRequestLimit = TimeAmount.seconds(10)
    static let idleLimit = TimeAmount.seconds(30)
    private static let checkInterval = TimeAmount.seconds(5)

    private var opened: NIODeadline?
    private var lastProgress: NIODeadline?
    private var hasRequest = false
    private var timer: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        opened = context.eventLoop.now
        lastProgress = opened
        schedule(context)
    }

    /// The head of a request is complete.
    func requestBegan() { hasRequest = true }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastProgress = context.eventLoop.now
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What was taken by the network is progress; what only waits isn't.
        let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let eventLoop = context.eventLoop
        promise.futureResult.whenSuccess { bound.value.lastProgress = eventLoop.now }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Before its first request nobody else in the pipeline would end the connection when the node stops.
        if event is ChannelShouldQuiesceEvent, !hasRequest { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: ConnectionWatch.checkInterval) {
            let (watch, context) = bound.value
            watch.check(context)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        let deadline =
            hasRequest
            ? lastProgress.map { $0 + ConnectionWatch.idleLimit }
            : opened.map { $0 + ConnectionWatch.firstRequestLimit }
        if let deadline, context.eventLoop.now >= deadline { return context.close(promise: nil) }
        schedule(context)
    }
}
