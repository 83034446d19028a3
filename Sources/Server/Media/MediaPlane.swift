// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Glibc
import Meetings
import NIOConcurrencyHelpers
import Transport

/// The node's media: threads with sockets, and the meetings spread over them.
///
/// A meeting lives on one worker from its first ``MediaCommand/join(_:)`` to its ``MediaCommand/close``. Commands of one
/// meeting take effect in order; what happens comes out of ``events``.
final class MediaPlane: Sendable {
    /// For one consumer.
    let events: AsyncStream<(MeetingID, MediaEvent)>

    private struct Placement {
        var worker: Int
        var participants = 0
    }

    private struct State {
        var threads: [MediaThread] = []
        var inboxes: [MediaInbox] = []
        var placements: [MeetingID: Placement] = [:]
        var load: [Int] = []
        var ports: [UInt16] = []
        var isStarted = false
    }

    private let configuration: MediaPlaneConfiguration
    private let continuation: AsyncStream<(MeetingID, MediaEvent)>.Continuation
    private let state = NIOLockedValueBox(State())

    init(_ configuration: MediaPlaneConfiguration) {
        self.configuration = configuration
        (events, continuation) = AsyncStream.makeStream(of: (MeetingID, MediaEvent).self)
    }

    /// The ports in use, UDP and TCP, after ``start()``.
    var ports: [UInt16] { state.withLockedValue { $0.ports } }

    /// Opens the sockets and starts the threads.
    func start() throws(MediaPlaneError) {
        let isFirst = state.withLockedValue { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        guard isFirst else { throw .alreadyStarted }
        let count = min(max(configuration.workers ?? Self.coreCount, 1), configuration.ports.count)
        let interfaces = CandidateAddresses.interfaces()
        let identity: DTLSIdentity
        do {
            identity = try DTLSIdentity.make()
        } catch {
            throw .resources
        }
        var workers: [MediaWorker] = []
        var firstFree = Int(configuration.ports.lowerBound)
        for index in 0..<count {
            let (port, listener) = try openPort(from: &firstFree)
            workers.append(try makeWorker(index, port, listener, interfaces, identity))
        }
        var threads: [MediaThread] = []
        for worker in workers { threads.append(try MediaThread(worker)) }
        state.withLockedValue { state in
            state.inboxes = workers.map(\.inbox)
            state.ports = workers.map(\.port.number)
            state.load = Array(repeating: 0, count: workers.count)
            state.threads = threads
        }
    }

    /// Hands the command to the meeting's worker. Commands for a meeting that nobody joined are passed over.
    func perform(_ command: MediaCommand, in meeting: MeetingID) {
        state.withLockedValue { state in
            guard let worker = Self.place(command, meeting, &state) else { return }
            // Under the lock, so that two commands of one meeting can't overtake each other.
            state.inboxes[worker].post(.command(command, meeting))
        }
    }

    /// What the workers have counted so far, added up.
    func metrics() async -> MediaMetrics {
        var total = MediaMetrics()
        for metrics in await workerMetrics() { total.add(metrics) }
        return total
    }

    /// One for each worker.
    func workerMetrics() async -> [MediaMetrics] {
        var all: [MediaMetrics] = []
        for inbox in state.withLockedValue({ $0.threads.isEmpty ? [] : $0.inboxes }) {
            all.append(
                await withCheckedContinuation { continuation in
                    inbox.post(.measure { continuation.resume(returning: $0) })
                }
            )
        }
        return all
    }

    /// Closes every connection and ends the threads; returns when they have ended. ``events`` finishes.
    func stop() {
        let (threads, inboxes) = state.withLockedValue { state in
            defer {
                state.threads = []
                state.placements = [:]
            }
            return (state.threads, state.inboxes)
        }
        for inbox in inboxes { inbox.post(.stop) }
        for thread in threads { thread.join() }
        // A measurement asked for while the thread was ending is answered with nothing.
        for inbox in inboxes { inbox.close() }
        continuation.finish()
    }

    private static func place(_ command: MediaCommand, _ meeting: MeetingID, _ state: inout State) -> Int? {
        guard !state.threads.isEmpty else { return nil }
        switch command {
        case .join:
            var placement = state.placements[meeting] ?? Placement(worker: leastLoaded(state.load))
            placement.participants += 1
            state.load[placement.worker] += 1
            state.placements[meeting] = placement
            return placement.worker
        case .leave:
            guard let placement = state.placements[meeting] else { return nil }
            if placement.participants > 0 {
                state.placements[meeting]?.participants -= 1
                state.load[placement.worker] -= 1
            }
            return placement.worker
        case .close:
            guard let placement = state.placements.removeValue(forKey: meeting) else { return nil }
            state.load[placement.worker] -= placement.participants
            return placement.worker
        case .publish, .answer, .restartSubscriber, .layers:
            return state.placements[meeting]?.worker
        }
    }

    private static func leastLoaded(_ load: [Int]) -> Int {
        load.indices.min { load[$0] < load[$1] } ?? 0
    }

    /// The next port of the range whose UDP and TCP sides are both free; zero lets the kernel choose.
    private func openPort(from next: inout Int) throws(MediaPlaneError) -> (DatagramPort, listener: Int32) {
        while next <= Int(configuration.ports.upperBound) {
            let number = UInt16(next)
            next += 1
            let port: DatagramPort
            do {
                port = try DatagramPort(
                    number: number,
                    receiveBuffer: configuration.receiveBuffer,
                    sendBuffer: configuration.sendBuffer,
                    ipv6: configuration.ipv6
                )
            } catch .socket(errno: EADDRINUSE) {
                continue
            } catch {
                throw error
            }
            let listener = cdatagram_open_listener(port.hasIPv6 ? AF_INET6 : AF_INET, port.number, 128)
            if listener >= 0 { return (port, listener) }
            guard listener == -EADDRINUSE else { throw .socket(errno: -listener) }
            // A port that the kernel chose for UDP alone: ask again.
            if number == 0 { next = 0 }
        }
        throw .noFreePort
    }

    private func makeWorker(
        _ index: Int,
        _ port: DatagramPort,
        _ listener: Int32,
        _ interfaces: [CandidateAddresses.Interface],
        _ identity: DTLSIdentity
    ) throws(MediaPlaneError) -> MediaWorker {
        let addresses = CandidateAddresses.choose(
            public: configuration.publicAddresses,
            interfaces: interfaces,
            hasIPv6: port.hasIPv6
        )
        guard !addresses.isEmpty else { throw .noAddress }
        let continuation = continuation
        return try MediaWorker(
            index: index,
            configuration: configuration,
            port: port,
            listener: listener,
            inbox: MediaInbox(),
            identity: identity,
            candidates: CandidateAddresses.candidates(addresses, port: port.number),
            emit: { continuation.yield(($0, $1)) }
        )
    }

    private static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
