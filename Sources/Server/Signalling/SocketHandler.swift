// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOWebSocket

/// One signalling connection after its upgrade: messages in, messages out, pings, and a clean end.
///
///     open ──end(fault) / client's close──▶ closing ──written, or 2 s──▶ closed
///
/// While closing nothing is taken and nothing more is sent. After a dismissal the client's own close is waited for, too:
/// TCP throws away what wasn't read yet when a connection closes on bytes that are still coming, and the client would never
/// learn why it was dismissed.
final class SocketHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = Never
    typealias OutboundOut = WebSocketFrame

    /// Messages that may be under way to the node before reading pauses.
    static let maximumUntaken = 16
    /// How long a peer that doesn't read may delay the end of its connection.
    private static let closeGrace = TimeAmount.seconds(2)
    /// How long a client may take to answer a close.
    private static let answerGrace = TimeAmount.seconds(1)
    private static let checkInterval = TimeAmount.seconds(5)

    private let id: UInt64
    private let delegate: any SocketDelegate
    private let joined: @Sendable () -> Void
    private let totals: Totals
    private let pool: SendPool

    private var context: ChannelHandlerContext?
    private var socket: Socket?
    private var assembler = MessageAssembler()
    private var budget = SendBudget()
    private var liveness: Liveness?
    private var timer: Scheduled<Void>?
    private var isClosing = false
    private var awaitsClose = false
    private var fault: SocketFault?
    private var untaken = 0
    private var wantsRead = false

    init(
        id: UInt64,
        delegate: any SocketDelegate,
        totals: Totals,
        pool: SendPool,
        joined: @escaping @Sendable () -> Void
    ) {
        self.id = id
        self.delegate = delegate
        self.totals = totals
        self.pool = pool
        self.joined = joined
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        liveness = Liveness(now: context.eventLoop.now)
        let socket = Socket(id: id, handler: self, eventLoop: context.eventLoop, joined: joined)
        self.socket = socket
        scheduleCheck(context)
        totals.socketOpened()
        delegate.opened(socket)
    }

    func handlerRemoved(context: ChannelHandlerContext) { finish() }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        context.fireChannelInactive()
    }

    /// Tells the delegate, once.
    private func finish() {
        guard let socket else { return }
        self.socket = nil
        context = nil
        isClosing = true
        timer?.cancel()
        totals.socketClosed(because: fault)
        delegate.closed(socket, because: fault)
    }

    private func scheduleCheck(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: SocketHandler.checkInterval) { bound.value.check() }
    }

    private func check() {
        guard let context, !isClosing else { return }
        switch liveness?.check(now: context.eventLoop.now) {
        case .end(let fault): return end(fault)
        case .ping: write(.ping, ByteBuffer(), context)
        case .wait, .none: break
        }
        scheduleCheck(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: end(.goingAway)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? NIOWebSocketError {
        case .invalidFrameLength: end(.tooLarge)
        case .fragmentedControlFrame, .multiByteControlFrameLength: end(.framing)
        case .none: context.close(promise: nil)
        }
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = Self.unwrapInboundIn(data)
        guard !isClosing else {
            if awaitsClose, frame.opcode == .connectionClose { context.close(promise: nil) }
            return
        }
        liveness?.heardSomething(now: context.eventLoop.now)
        switch frame.opcode {
        case .text, .binary, .continuation: receive(frame, context)
        case .ping:
            guard frame.maskKey != nil else { return end(.framing) }
            // Answers count like messages: a client that pings and never reads is a slow reader, too.
            send(.pong, frame.unmaskedData, context)
        case .pong: break
        case .connectionClose: acknowledgeClose(frame, context)
        default: end(.framing)
        }
    }

    private func receive(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
        do throws(SocketFault) {
            guard let bytes = try assembler.add(frame), let socket else { return }
            untaken += 1
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            let eventLoop = context.eventLoop
            delegate.received(bytes, on: socket) { eventLoop.execute { bound.value.messageTaken() } }
        } catch {
            end(error)
        }
    }

    private func messageTaken() {
        untaken -= 1
        guard wantsRead, untaken < SocketHandler.maximumUntaken, let context else { return }
        wantsRead = false
        context.read()
    }

    func read(context: ChannelHandlerContext) {
        if untaken < SocketHandler.maximumUntaken {
            context.read()
        } else {
            wantsRead = true
        }
    }

    // MARK: Out

    func send(_ text: ByteBuffer) {
        guard let context, !isClosing else { return }
        send(.text, text, context)
    }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
        let size = data.readableBytes
        guard budget.take(size, free: pool.free) else { return end(.slowReader) }
        pool.take(size)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenComplete { [pool] _ in
            pool.giveBack(size)
            bound.value.budget.giveBack(size)
        }
        write(opcode, data, context, promise: sent)
    }

    /// Says why, then closes: as soon as that is written, or after a short wait for peers that don't read.
    func end(_ fault: SocketFault) {
        guard let context, !isClosing else { return }
        self.fault = fault
        if case .dismissed = fault { awaitsClose = true }
        close(code: fault.closeCode, context)
    }

    /// RFC 6455 §5.5.1: the answer to a close is a close, with the same code where it is one that may be sent.
    private func acknowledgeClose(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
        var data = frame.unmaskedData
        let code = data.readWebSocketErrorCode()
        switch code.map({ UInt16(webSocketErrorCode: $0) }) {
        case .some(1000...1003), .some(1007...1011), .some(3000...4999): close(code: code ?? .normalClosure, context)
        default: close(code: .normalClosure, context)
        }
    }

    private func close(code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
        isClosing = true
        timer?.cancel()
        var data = context.channel.allocator.buffer(capacity: 2)
        data.write(webSocketErrorCode: code)
        let channel = context.channel
        let written = context.eventLoop.makePromise(of: Void.self)
        write(.connectionClose, data, context, promise: written)
        let deadline = context.eventLoop.scheduleTask(in: SocketHandler.closeGrace) { channel.close(promise: nil) }
        let grace = awaitsClose ? SocketHandler.answerGrace : .zero
        written.futureResult.whenComplete { result in
            guard case .success = result, grace > .zero else { return channel.close(promise: nil) }
            channel.eventLoop.scheduleTask(in: grace) { channel.close(promise: nil) }
        }
        channel.closeFuture.whenComplete { _ in deadline.cancel() }
    }

    private func write(
        _ opcode: WebSocketOpcode,
        _ data: ByteBuffer,
        _ context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>? = nil
    ) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, data: data)
        context.writeAndFlush(Self.wrapOutboundOut(frame), promise: promise)
    }
}
