// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram

/// What the media loop's thread owns: the connections by token, and the buffers they share.
///
/// Confined to that thread.
final class MediaLoopState {
    var isStopped = false
    private let poll: Int32
    private let inbound: OpaquePointer
    private var connections: [UInt64: MediaConnection] = [:]
    private var ciphers: [UInt64: FrameCipher] = [:]
    private var nextToken: UInt64 = 1
    private var tickDue = Moment(nanoseconds: 0)

    /// Producers and timers are looked at this often. Finer than any frame interval, coarse enough for hundreds.
    private static let tickInterval = Interval.milliseconds(1)
    private static let batch: Int32 = 64

    init(poll: Int32) {
        self.poll = poll
        inbound = cdatagram_inbound_create(Self.batch, 2_048)
    }

    /// Makes room for a participant's frame keys.
    func addCipher() -> UInt64 {
        defer { nextToken += 1 }
        ciphers[nextToken] = FrameCipher()
        return nextToken
    }

    func cipher(_ token: UInt64) -> FrameCipher? { ciphers[token] }

    func removeCipher(_ token: UInt64) { ciphers[token] = nil }

    /// Opens a socket for one peer connection. Its session is made by `make`, which gets the port.
    func open(
        _ make: (_ port: UInt16, _ now: Moment) throws -> MediaConnection.Parts
    ) throws(ParticipantError) -> MediaConnection {
        let socket = cdatagram_open_udp(10, 0, 1 << 20, 1 << 20)
        guard socket >= 0 else { throw .resources }
        let port = cdatagram_bound_port(socket)
        let token = nextToken
        guard port > 0, cdatagram_poll_add(poll, socket, token, UInt32(CDATAGRAM_READABLE)) == 0 else {
            cdatagram_close(socket)
            throw .resources
        }
        nextToken += 1
        let now = Moment(nanoseconds: cdatagram_monotonic())
        let parts: MediaConnection.Parts
        do {
            parts = try make(UInt16(truncatingIfNeeded: port), now)
        } catch {
            cdatagram_close(socket)
            throw .media
        }
        let connection = MediaConnection(token: token, socket: socket, parts: parts)
        connections[token] = connection
        return connection
    }

    /// A fresh reading of the clock.
    var now: Moment { Moment(nanoseconds: cdatagram_monotonic()) }

    func connection(_ token: UInt64) -> MediaConnection? { connections[token] }

    func close(_ token: UInt64) {
        guard let connection = connections.removeValue(forKey: token) else { return }
        connection.close(now: Moment(nanoseconds: cdatagram_monotonic()))
        _ = cdatagram_poll_remove(poll, connection.socket)
        cdatagram_close(connection.socket)
    }

    func timeUntilTick(now: Moment) -> Interval {
        connections.isEmpty ? .seconds(1) : max(.zero, tickDue - now)
    }

    func receive(token: UInt64) {
        guard let connection = connections[token] else { return }
        let count = cdatagram_inbound_receive(inbound, connection.socket)
        guard count > 0, let slots = cdatagram_inbound_slots(inbound) else { return }
        let now = Moment(nanoseconds: cdatagram_monotonic())
        for index in 0..<Int(count) where !slots[index].truncated {
            let slot = slots[index]
            let bytes = UnsafeMutableRawBufferPointer(start: slot.bytes, count: Int(slot.length))
            connection.receive(bytes, from: slot.from, now: now)
        }
        connection.flush()
    }

    func tick(now: Moment) {
        guard now >= tickDue else { return }
        tickDue = now + Self.tickInterval
        for connection in connections.values {
            connection.tick(now: now)
            connection.flush()
        }
    }

    func close() {
        for token in Array(connections.keys) { close(token) }
        cdatagram_inbound_destroy(inbound)
    }
}
