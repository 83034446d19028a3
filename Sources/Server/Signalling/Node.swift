// SPDX-License-Identifier: Apache-2.0

import Base
import Dispatch
import Logging
import Meetings
import NIOCore
import NativeCrypto

/// The control plane: sockets on one side, media on the other, and all decisions in ``MeetingDirectory`` between them.
///
/// Runs on one event loop, so that what a socket sends is handled in its order without locks.
actor Node {
    private nonisolated let eventLoop: any EventLoop
    private let media: any MediaPlaneProtocol
    private let totals: Totals
    private let turn: TURNCredentials?
    private let logger = Logger(label: "vigil.node")

    private var directory: MeetingDirectory<NativeCrypto, SystemRandomness>
    private var sockets: [ConnectionID: Socket] = [:]
    private var timer: Scheduled<Void>?
    private var timerDeadline: Moment?
    private var isDrained = false
    private var drainWaiters: [CheckedContinuation<Void, Never>] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    init(
        eventLoop: any EventLoop,
        media: any MediaPlaneProtocol,
        limits: MeetingLimits,
        turn: TURNCredentials?,
        totals: Totals
    ) {
        self.eventLoop = eventLoop
        self.media = media
        self.turn = turn
        self.totals = totals
        directory = MeetingDirectory(
            configuration: MeetingConfiguration(limits: limits),
            randomness: SystemRandomness()
        )
    }

    /// Passes on what the media plane tells, until it stops.
    func pump() async {
        for await (meeting, event) in media.events { handle(.media(meeting, event)) }
    }

    // MARK: Inputs

    private func handle(_ input: DirectoryInput) {
        perform(directory.handle(input, now: .monotonic))
        totals.set(meetings: directory.meetingCount)
        schedule()
    }

    private func add(_ socket: Socket) {
        let connection = ConnectionID(rawValue: socket.id)
        sockets[connection] = socket
        handle(.connected(connection))
    }

    private func remove(_ socket: Socket) {
        let connection = ConnectionID(rawValue: socket.id)
        guard sockets.removeValue(forKey: connection) != nil else { return }
        handle(.disconnected(connection))
    }

    // MARK: Actions

    private func perform(_ actions: [DirectoryAction]) {
        for action in actions {
            switch action {
            case .send(let message, let receivers): send(message, to: receivers)
            case .close(let connection, let reason, let cause): close(connection, reason, cause)
            case .media(let command, let meeting): media.perform(command, in: meeting)
            case .ended(let meeting, let cause):
                logger.debug("A meeting ended", metadata: ["meeting": "\(meeting)", "cause": "\(cause.name)"])
            case .drained: drained()
            }
        }
    }

    private func send(_ message: ServerMessage, to receivers: [ConnectionID]) {
        var message = message
        var joins = false
        switch message {
        case .welcome(var welcome):
            joins = true
            if let turn { welcome.iceServers.append(turn.fresh()) }
            message = .welcome(welcome)
        // At the door of a meeting that runs: whoever gets this far had its link.
        case .door: joins = true
        default: break
        }
        let text = ByteBuffer(bytes: message.serialized())
        for receiver in receivers {
            guard let socket = sockets[receiver] else { continue }
            if joins { socket.markJoined() }
            socket.send(text)
        }
    }

    private func close(_ connection: ConnectionID, _ reason: CloseReason, _ cause: Cause) {
        guard let socket = sockets.removeValue(forKey: connection) else { return }
        logger.debug("A connection is closed", metadata: ["socket": "\(socket)", "cause": "\(cause.name)"])
        socket.end(.dismissed(reason))
    }

    private func drained() {
        isDrained = true
        for waiter in drainWaiters { waiter.resume() }
        drainWaiters = []
    }

    // MARK: Time

    private func schedule() {
        guard let deadline = directory.nextDeadline else { return }
        if timer != nil, let timerDeadline, timerDeadline <= deadline { return }
        timer?.cancel()
        timerDeadline = deadline
        let delay = TimeAmount.nanoseconds(max(0, (deadline - .monotonic).nanoseconds))
        timer = eventLoop.scheduleTask(in: delay) { self.assumeIsolated { $0.timerFired() } }
    }

    private func timerFired() {
        timer = nil
        timerDeadline = nil
        handle(.timeout)
    }
}

extension Node: SocketDelegate {
    // From the sockets' own event loops. `execute` keeps the order of each.

    nonisolated func opened(_ socket: Socket) {
        eventLoop.execute { self.assumeIsolated { $0.add(socket) } }
    }

    nonisolated func received(_ message: [UInt8], on socket: Socket, taken: @escaping @Sendable () -> Void) {
        eventLoop.execute {
            self.assumeIsolated { $0.handle(.received(ConnectionID(rawValue: socket.id), message)) }
            taken()
        }
    }

    nonisolated func closed(_ socket: Socket, because fault: SocketFault?) {
        eventLoop.execute { self.assumeIsolated { $0.remove(socket) } }
    }
}

extension Node {
    /// The directory tells everyone, waits a little, and closes what is still open.
    func drain() async {
        handle(.drain)
        guard !isDrained else { return }
        await withCheckedContinuation { drainWaiters.append($0) }
    }
}

extension Cause {
    /// For logs: what kind, never who.
    fileprivate var name: String {
        switch self {
        case .ownAct: "own-act"
        case .host(let act): "host-\(act.kind.rawValue)"
        case .limit(let limit): "limit-\(limit.rawValue)"
        case .refusals: "refusals"
        case .processEnding: "process-ending"
        }
    }
}
