// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The node's end of one signalling connection: a name, a way to send and a way to end it. From any thread.
final class Socket: Sendable {
    /// Counts up over the node's life.
    let id: UInt64
    private let eventLoop: any EventLoop
    private let handler: NIOLoopBound<SocketHandler>
    private let joined: @Sendable () -> Void

    /// - Parameter joined: tells the connection table that this isn't a stranger any more.
    init(id: UInt64, handler: SocketHandler, eventLoop: any EventLoop, joined: @escaping @Sendable () -> Void) {
        self.id = id
        self.eventLoop = eventLoop
        self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
        self.joined = joined
    }

    /// Messages of one caller go out in the order of the calls.
    func send(_ text: ByteBuffer) {
        eventLoop.execute { self.handler.value.send(text) }
    }

    /// Ends the connection after what was sent before.
    func end(_ fault: SocketFault) {
        eventLoop.execute { self.handler.value.end(fault) }
    }

    /// The connection has joined a meeting, or waits in its lobby.
    func markJoined() { joined() }
}

extension Socket: CustomStringConvertible {
    var description: String { "socket-\(id)" }
}

/// Who is told what happens on signalling connections. Called on the connections' own threads.
protocol SocketDelegate: Sendable {
    func opened(_ socket: Socket)

    /// One message's UTF-8. `taken` is called once the message is dealt with; too many untaken ones stop the reading.
    func received(_ message: [UInt8], on socket: Socket, taken: @escaping @Sendable () -> Void)

    /// Nothing more comes. `nil`: the client left by itself or its connection broke.
    func closed(_ socket: Socket, because fault: SocketFault?)
}
