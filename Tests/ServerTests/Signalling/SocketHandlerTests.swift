// SPDX-License-Identifier: Apache-2.0

import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import Server

@Suite("One signalling connection")
final class SocketHandlerTests {
    private let delegate = RecordingDelegate()
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
        let handler = SocketHandler(id: 1, delegate: delegate, totals: Totals(), pool: SendPool()) {}
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    deinit {
        // They hold each other until the connection is gone.
        delegate.forget()
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    private func receive(_ opcode: WebSocketOpcode, _ text: String) throws {
        let key: WebSocketMaskingKey = [5, 6, 7, 8]
        var data = ByteBuffer(string: text)
        data.webSocketMask(key)
        try channel.writeInbound(WebSocketFrame(fin: true, opcode: opcode, maskKey: key, data: data))
    }

    private func sent() throws -> WebSocketFrame? { try channel.readOutbound(as: WebSocketFrame.self) }

    private func closeCode(_ frame: WebSocketFrame?) -> Int? {
        guard var data = frame?.data, frame?.opcode == .connectionClose else { return nil }
        return data.readInteger(as: UInt16.self).map(Int.init)
    }

    @Test("it pings every 15 s and gives up after 40 s of silence")
    func liveness() throws {
        channel.embeddedEventLoop.advanceTime(by: .seconds(14))
        #expect(try sent() == nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(try sent()?.opcode == .ping)
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        try receive(.pong, "")
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(try sent()?.opcode == .ping)
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(try sent()?.opcode == .ping)
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(closeCode(try sent()) == 1008)
        #expect(!channel.isActive)
        #expect(delegate.ends == [.silent])
    }

    @Test("a ping is answered with its own words, and a close with a close")
    func control() throws {
        try receive(.ping, "words")
        let pong = try #require(try sent())
        #expect(pong.opcode == .pong)
        #expect(String(buffer: pong.data) == "words")
        let key: WebSocketMaskingKey = [5, 6, 7, 8]
        var data = ByteBuffer(bytes: [0x03, 0xE8])
        data.webSocketMask(key)
        try channel.writeInbound(WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: key, data: data))
        #expect(closeCode(try sent()) == 1000)
        #expect(!channel.isActive)
        #expect(delegate.ends == [nil])
    }

    @Test(
        "a close code that may not be sent is answered with a plain close",
        arguments: [0, 999, 1005, 1006, 1015, 65_535]
    )
    func strangeCloseCodes(code: UInt16) throws {
        let key: WebSocketMaskingKey = [5, 6, 7, 8]
        var data = ByteBuffer(integer: code)
        data.webSocketMask(key)
        try channel.writeInbound(WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: key, data: data))
        #expect(closeCode(try sent()) == 1000)
    }

    @Test("messages arrive in order, and nothing arrives after the end")
    func order() throws {
        try receive(.text, "one")
        try receive(.text, "two")
        try receive(.binary, "three")
        #expect(closeCode(try sent()) == 1003)
        #expect(delegate.messages == ["one", "two"])
        #expect(delegate.ends == [.notText])
    }

    @Test("reading stops while the node has too many messages in hand, and goes on after")
    func inboundPressure() throws {
        for number in 0..<SocketHandler.maximumUntaken { try receive(.text, "\(number)") }
        #expect(delegate.untaken == SocketHandler.maximumUntaken)
        let reads = ReadCounter()
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        channel.read()
        #expect(reads.count == 0)
        delegate.takeAll()
        channel.embeddedEventLoop.run()
        #expect(reads.count == 1)
    }

    @Test("a reader that is too slow is told so and let go; what it has waiting is bounded")
    func slowReader() throws {
        // Nothing is written while the network takes nothing.
        let stalled = StalledNetwork()
        try channel.pipeline.syncOperations.addHandler(stalled, position: .first)
        let message = ByteBuffer(repeating: 97, count: 64 << 10)
        let most = SendBudget.maximumBytes / message.readableBytes
        for _ in 0..<most + 100 { delegate.socket?.send(message) }
        channel.embeddedEventLoop.run()
        #expect(stalled.sizes.count == most + 1)
        #expect(stalled.sizes.dropLast().reduce(0, +) == SendBudget.maximumBytes)
        #expect(stalled.lastOpcode == .connectionClose)
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
        #expect(delegate.ends == [.slowReader])
        stalled.release()
    }

    @Test("many small messages are bounded, too")
    func manySmall() throws {
        let stalled = StalledNetwork()
        try channel.pipeline.syncOperations.addHandler(stalled, position: .first)
        for _ in 0..<SendBudget.maximumMessages + 100 { delegate.socket?.send(ByteBuffer(string: "{}")) }
        channel.embeddedEventLoop.run()
        #expect(stalled.sizes.count == SendBudget.maximumMessages + 1)
        stalled.release()
    }

    @Test("when the node stops, the connection ends with the code for a restart")
    func quiesce() throws {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(closeCode(try sent()) == 1012)
        #expect(delegate.ends == [.goingAway])
    }
}

/// Keeps what it is told.
final class RecordingDelegate: SocketDelegate {
    private struct State {
        var socket: Socket?
        var messages: [String] = []
        var ends: [SocketFault?] = []
        var taken: [@Sendable () -> Void] = []
    }

    private let state = NIOLockedValueBox(State())

    var socket: Socket? { state.withLockedValue { $0.socket } }
    var messages: [String] { state.withLockedValue { $0.messages } }
    var ends: [SocketFault?] { state.withLockedValue { $0.ends } }
    var untaken: Int { state.withLockedValue { $0.taken.count } }

    func forget() {
        state.withLockedValue { state in
            state.socket = nil
            state.taken = []
        }
    }

    func takeAll() {
        let taken = state.withLockedValue { state in
            defer { state.taken = [] }
            return state.taken
        }
        for call in taken { call() }
    }

    func opened(_ socket: Socket) { state.withLockedValue { $0.socket = socket } }

    func received(_ message: [UInt8], on socket: Socket, taken: @escaping @Sendable () -> Void) {
        state.withLockedValue {
            $0.messages.append(String(decoding: message, as: UTF8.self))
            $0.taken.append(taken)
        }
    }

    func closed(_ socket: Socket, because fault: SocketFault?) { state.withLockedValue { $0.ends.append(fault) } }
}

private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private(set) var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}

/// A network that takes nothing until it is released.
private final class StalledNetwork: ChannelOutboundHandler {
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private(set) var sizes: [Int] = []
    private(set) var lastOpcode: WebSocketOpcode?
    private var promises: [EventLoopPromise<Void>] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let frame = Self.unwrapOutboundIn(data)
        sizes.append(frame.data.readableBytes)
        lastOpcode = frame.opcode
        if let promise { promises.append(promise) }
    }

    func release() {
        for promise in promises { promise.succeed() }
    }
}
