// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Glibc
import Routing
import Transport

extension MediaWorker {
    private static let acceptsPerTurn = 16
    private static let readSize = 16 << 10
    private static let readable = UInt32(CDATAGRAM_READABLE)
    private static let writable = UInt32(CDATAGRAM_WRITABLE)

    func acceptStreams() {
        let now = MediaClock.now()
        for _ in 0..<Self.acceptsPerTurn {
            var from = cdatagram_endpoint()
            let descriptor = cdatagram_accept(listener, &from)
            guard descriptor >= 0 else { return }
            makeRoomForStream()
            guard streams.count < configuration.maximumStreams else {
                cdatagram_close(descriptor)
                continue
            }
            let number = takeStreamNumber()
            let address = TransportAddress(high: from.high, low: from.low, port: from.port, connection: number)
            let stream = StreamConnection(
                descriptor: descriptor,
                number: number,
                address: address,
                opened: now,
                verification: configuration.streamVerification
            )
            guard cdatagram_poll_add(poll, descriptor, Self.firstStreamToken + UInt64(number), Self.readable) == 0
            else { continue }
            streams[number] = stream
            if nextStreamSweep == nil { nextStreamSweep = now + Self.streamSweep }
        }
    }

    /// Of too many strangers the one that came first goes: a flood pushes itself out, and whoever is honest needs only as
    /// long as one check takes.
    private func makeRoomForStream() {
        let strangers = streams.values.filter { !$0.isVerified }
        guard strangers.count >= configuration.maximumUnverifiedStreams,
            // Those of one turn have the same moment; their numbers tell who came first.
            let oldest = strangers.min(by: { ($0.opened, $0.number) < ($1.opened, $1.number) })
        else { return }
        close(oldest)
    }

    private func takeStreamNumber() -> UInt32 {
        repeat {
            nextStreamNumber &+= 1
        } while nextStreamNumber == 0 || streams[nextStreamNumber] != nil
        return nextStreamNumber
    }

    /// One turn's reading and writing of one connection.
    func serve(_ event: cdatagram_readiness) {
        guard event.token >= Self.firstStreamToken,
            let number = UInt32(exactly: event.token - Self.firstStreamToken), let stream = streams[number]
        else { return }
        if event.events & Self.writable != 0 { write(stream) }
        if event.events & (Self.readable | UInt32(CDATAGRAM_HANGUP)) != 0 { read(stream) }
    }

    private func read(_ stream: StreamConnection) {
        guard !stream.isClosed else { return }
        let now = MediaClock.now()
        let isIntact = withUnsafeTemporaryAllocation(byteCount: Self.readSize, alignment: 16) { buffer in
            let count = cdatagram_read(stream.descriptor, buffer.baseAddress, buffer.count)
            if count == -Int(EAGAIN) { return true }
            guard count > 0 else { return false }
            // Moved out while frames are handled, which may close this very connection.
            var framing = stream.framing
            stream.framing = TCPFraming(maximumLength: 1)
            defer { stream.framing = framing }
            do {
                try framing.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { frame in
                    guard !stream.isClosed else { return }
                    metrics.packetsReceived &+= 1
                    metrics.bytesReceived &+= UInt64(frame.count)
                    _ = receive(frame, from: stream.address, at: .any, through: stream, now: now)
                }
                return true
            } catch {
                metrics.drop(.oversized)
                return false
            }
        }
        flush(now: now)
        if !isIntact { close(stream) }
    }

    /// Queues one packet for a connection; ``writeStreams()`` writes it before the turn ends.
    func append(_ packet: UnsafeRawBufferPointer, to stream: StreamConnection, now: Moment) {
        guard !stream.isClosed else { return metrics.drop(.noAddress) }
        guard stream.append(packet, now: now) else { return metrics.drop(.slowReader) }
        metrics.packetsSent &+= 1
        metrics.bytesSent &+= UInt64(packet.count)
        guard !stream.isDirty else { return }
        stream.isDirty = true
        dirtyStreams.append(stream)
    }

    func writeStreams() {
        guard !dirtyStreams.isEmpty else { return }
        for stream in dirtyStreams {
            stream.isDirty = false
            if !stream.isClosed { write(stream) }
        }
        dirtyStreams.removeAll(keepingCapacity: true)
    }

    private func write(_ stream: StreamConnection) {
        let wasBlocked = stream.isBlocked
        switch stream.write() {
        case .done: stream.isBlocked = false
        case .blocked: stream.isBlocked = true
        case .failed: return close(stream)
        }
        guard stream.isBlocked != wasBlocked else { return }
        let events = stream.isBlocked ? Self.readable | Self.writable : Self.readable
        _ = cdatagram_poll_change(
            poll,
            stream.descriptor,
            Self.firstStreamToken + UInt64(stream.number),
            events
        )
    }

    /// The descriptor itself closes with the last reference.
    func close(_ stream: StreamConnection) {
        guard !stream.isClosed else { return }
        stream.isClosed = true
        _ = cdatagram_poll_remove(poll, stream.descriptor)
        streams[stream.number] = nil
        guard let entry = table.find(stream.address), let peer = peers[Int(entry.peer.index)] else { return }
        table.remove(stream.address, of: peer.handle)
        peer.addresses.removeAll { $0 == stream.address }
        if case .stream(let current) = peer.destination, current === stream { peer.destination = .none }
    }

    func sweepStreams(now: Moment) {
        for stream in streams.values where stream.isOverdue(now: now) { close(stream) }
        nextStreamSweep = streams.isEmpty ? nil : now + Self.streamSweep
    }
}
