// SPDX-License-Identifier: Apache-2.0

import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A TCP connection that sends any bytes, also ones that no real client would.
final class RawClient: Sendable {
    let channel: any Channel
    private let chunks: AsyncStream<ByteBuffer>
    private let buffer = BufferBox()

    /// - Parameter reads: `false` leaves everything in the kernel's buffers until they are full.
    static func connect(port: Int, reads: Bool = true) async throws -> RawClient {
        let (chunks, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ChunkHandler(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawClient(channel: channel, chunks: chunks)
    }

    private init(channel: any Channel, chunks: AsyncStream<ByteBuffer>) {
        self.channel = channel
        self.chunks = chunks
    }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// One GET. The connection stays open.
    func get(_ path: String, adding headers: String = "") async throws {
        try await send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
    }

    /// Up to and with the empty line, or `nil` at the end of the connection.
    func head() async -> String? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            let found = buffer.with { buffer -> String? in
                let bytes = Array(buffer.readableBytesView)
                guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { return nil }
                return buffer.readString(length: start + end.count)
            }
            if let found { return found }
            guard await more() else { return nil }
        }
    }

    /// Becomes a signalling connection; gives the answer's first line.
    func upgrade(path: String = "/signal", adding headers: String = "") async throws -> String {
        try await get(
            path,
            adding: "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(headers)"
        )
        let head = await head() ?? ""
        return head.split(separator: "\r\n").first.map(String.init) ?? "closed"
    }

    /// One masked frame.
    func send(opcode: UInt8, _ payload: [UInt8], fin: Bool = true, isMasked: Bool = true) async throws {
        var bytes: [UInt8] = [(fin ? 0x80 : 0) | opcode]
        let mask: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mask | UInt8(payload.count))
        case ..<65_536: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            bytes.append(mask | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        if isMasked {
            let key: [UInt8] = [0x12, 0x34, 0x56, 0x78]
            bytes += key
            bytes += payload.enumerated().map { $1 ^ key[$0 % 4] }
        } else {
            bytes += payload
        }
        try await send(bytes)
    }

    func sendText(_ text: String) async throws { try await send(opcode: 1, Array(text.utf8)) }

    /// The next frame's opcode and payload, or `nil` at the end of the connection.
    func frame() async -> (opcode: UInt8, payload: [UInt8])? {
        while true {
            if let frame = buffer.with({ RawClient.parse(&$0) }) { return frame }
            guard await more() else { return nil }
        }
    }

    /// The next text message that contains `part`.
    func message(containing part: String) async -> String? {
        while let frame = await frame() {
            let text = String(decoding: frame.payload, as: UTF8.self)
            if frame.opcode == 1, text.contains(part) { return text }
        }
        return nil
    }

    /// The code of the close frame, whatever comes before it.
    func closeCode() async -> Int? {
        while let frame = await frame() {
            guard frame.opcode == 8, frame.payload.count >= 2 else { continue }
            return Int(frame.payload[0]) << 8 | Int(frame.payload[1])
        }
        return nil
    }

    /// Waits until the server has closed.
    func closed() async { try? await channel.closeFuture.get() }

    func close() async { try? await channel.close() }

    private func more() async -> Bool {
        for await chunk in chunks {
            buffer.with { _ = $0.writeImmutableBuffer(chunk) }
            return true
        }
        return false
    }

    private static func parse(_ buffer: inout ByteBuffer) -> (opcode: UInt8, payload: [UInt8])? {
        var view = buffer
        guard let first = view.readInteger(as: UInt8.self), let second = view.readInteger(as: UInt8.self) else {
            return nil
        }
        var length = Int(second & 0x7F)
        if length == 126 {
            guard let word = view.readInteger(as: UInt16.self) else { return nil }
            length = Int(word)
        } else if length == 127 {
            guard let word = view.readInteger(as: UInt64.self) else { return nil }
            length = Int(clamping: word)
        }
        guard let payload = view.readBytes(length: length) else { return nil }
        buffer = view
        return (first & 0x0F, payload)
    }
}

/// What has arrived and isn't read yet.
private final class BufferBox: Sendable {
    private let buffer = NIOLockedValueBox(ByteBuffer())

    func with<Result: Sendable>(_ body: (inout ByteBuffer) -> Result) -> Result {
        buffer.withLockedValue { body(&$0) }
    }
}

private final class ChunkHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(Self.unwrapInboundIn(data)) }

    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
