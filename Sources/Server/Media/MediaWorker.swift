// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Meetings
import Routing
import Transport

/// One media thread: a UDP socket, a TCP listener on the same port number, and the meetings that live here.
///
/// ```
/// wait ─→ datagrams: batch → one clock reading → demultiplex → peer → session → router ─┐
///      ─→ streams:   frames ──────────────────────↗                                     │
///      ─→ inbox:     commands → meetings → events                                       │
///      ─→ deadlines: sessions, routers, offers                                          │
///      ←──────────────── sendmmsg ← runs per receiver ← queue ← flush ←─────────────────┘
/// ```
/// Everything below ``run()`` happens on that thread alone: no lock, no atomic. The inbox is the only way in, `emit` the
/// only way out. Each turn of the loop takes a bounded amount of each kind of work, so that none can starve another.
final class MediaWorker {
    static let inboxToken: UInt64 = 0
    static let portToken: UInt64 = 1
    static let listenerToken: UInt64 = 2
    static let firstStreamToken: UInt64 = 16
    /// Batches that one turn takes from the socket before it looks at timers and commands.
    static let batchesPerTurn = 4
    /// Commands and offers are worked off this long in one turn; parsing a session description takes a while.
    static let controlBudget = Interval.microseconds(500)
    static let streamSweep = Interval.seconds(1)

    let index: Int
    let configuration: MediaPlaneConfiguration
    let inbox: MediaInbox
    let identity: DTLSIdentity
    let candidates: [ICECandidate]
    let emit: (MeetingID, MediaEvent) -> Void

    let port: DatagramPort
    let listener: Int32
    let poll: Int32
    let queue = TransmitQueue()
    var randomness = SystemRandomness()
    var metrics = MediaMetrics()

    var meetings: [MeetingID: MeetingMedia] = [:]
    /// By the slot that each meeting got, for deadlines.
    var meetingSlots: ContiguousArray<MeetingMedia?> = []
    var dirtyMeetings: ContiguousArray<MeetingMedia> = []
    /// By ``PeerHandle``.
    var peers: ContiguousArray<MediaPeer?> = []
    var freeHandles: ContiguousArray<Int32> = []
    var peerCount = 0
    var table: PeerTable
    var ufrags: [UfragKey: PeerHandle] = [:]
    /// Peers at even places, meetings at odd ones.
    var deadlines = DeadlineTable()
    var due: ContiguousArray<Int> = []

    var streams: [UInt32: StreamConnection] = [:]
    var dirtyStreams: ContiguousArray<StreamConnection> = []
    var nextStreamNumber: UInt32 = 1
    var nextStreamSweep: Moment?

    var commands: [MediaInbox.Message] = []
    var nextCommand = 0
    /// When the oldest media packet of the batch in hand reached the machine.
    var oldestArrival: Moment?
    private var isStopping = false

    init(
        index: Int,
        configuration: MediaPlaneConfiguration,
        port: DatagramPort,
        listener: Int32,
        inbox: MediaInbox,
        identity: DTLSIdentity,
        candidates: [ICECandidate],
        emit: @escaping (MeetingID, MediaEvent) -> Void
    ) throws(MediaPlaneError) {
        self.index = index
        self.configuration = configuration
        self.port = port
        self.listener = listener
        self.inbox = inbox
        self.identity = identity
        self.candidates = candidates
        self.emit = emit
        table = PeerTable(using: &randomness)
        poll = cdatagram_poll_create()
        guard poll >= 0 else { throw .socket(errno: -poll) }
        for (descriptor, token) in [
            (inbox.descriptor, Self.inboxToken), (port.descriptor, Self.portToken), (listener, Self.listenerToken),
        ] {
            let result = cdatagram_poll_add(poll, descriptor, token, UInt32(CDATAGRAM_READABLE))
            guard result == 0 else { throw .socket(errno: -result) }
        }
    }

    deinit {
        if poll >= 0 { cdatagram_close(poll) }
        cdatagram_close(listener)
    }

    /// The thread's body; returns after a stop message.
    func run() {
        cdatagram_prepare_thread("media-\(index)")
        var ready = [cdatagram_readiness](repeating: cdatagram_readiness(), count: 64)
        var isBusy = false
        while !isStopping {
            let count = cdatagram_poll_wait(poll, &ready, Int32(ready.count), timeout())
            metrics.wakes &+= 1
            var hasDatagrams = false
            for event in ready.prefix(Int(max(0, count))) {
                switch event.token {
                case Self.portToken: hasDatagrams = true
                case Self.inboxToken: takeMessages()
                case Self.listenerToken: acceptStreams()
                default: serve(event)
                }
            }
            if hasDatagrams {
                // A busy worker finds full batches anyway. An idle one that a burst's first datagram woke waits for its rest.
                if !isBusy, configuration.gather > .zero { cdatagram_sleep(configuration.gather.nanoseconds) }
                isBusy = receiveDatagrams()
            } else {
                isBusy = false
            }
            performCommands()
            handleDeadlines()
            writeStreams()
        }
        closeEverything()
    }

    /// Nanoseconds to sleep; negative without a deadline.
    private func timeout() -> Int64 {
        if nextCommand < commands.count { return 0 }
        var next = deadlines.next
        if let sweep = nextStreamSweep { next = next.map { min($0, sweep) } ?? sweep }
        guard let next else { return -1 }
        return max(0, (next - MediaClock.now()).nanoseconds)
    }

    private func takeMessages() {
        for message in inbox.take() {
            if case .stop = message { isStopping = true } else { commands.append(message) }
        }
    }

    private func performCommands() {
        guard nextCommand < commands.count else { return }
        let start = MediaClock.now()
        var now = start
        while nextCommand < commands.count, now - start < Self.controlBudget {
            switch commands[nextCommand] {
            case .command(let command, let meeting): perform(command, in: meeting, now: now)
            // In its turn: the numbers show what was commanded before.
            case .measure(let report): report(snapshot())
            case .stop: break
            }
            nextCommand += 1
            now = MediaClock.now()
        }
        if nextCommand == commands.count {
            commands.removeAll(keepingCapacity: true)
            nextCommand = 0
        }
        flush(now: now)
    }

    private func handleDeadlines() {
        let sweep = nextStreamSweep
        guard deadlines.next != nil || sweep != nil else { return }
        let now = MediaClock.now()
        if let sweep, sweep <= now { sweepStreams(now: now) }
        guard let next = deadlines.next, next <= now else { return }
        due.removeAll(keepingCapacity: true)
        deadlines.collect(now: now, into: &due)
        let start = now
        for (position, slot) in due.enumerated() {
            // Offers take long to write: what this turn has no time for comes first in the next.
            if position & 7 == 7, MediaClock.now() - start > Self.controlBudget {
                for late in due[position...] { deadlines.set(late, now) }
                break
            }
            if slot & 1 == 0 {
                guard let peer = peers[slot >> 1] else { continue }
                peer.session.handleTimeout(now: now)
                settle(peer, now: now)
            } else {
                meetingSlots[slot >> 1]?.handleTimeout(now: now)
            }
        }
        flush(now: now)
    }

    private func snapshot() -> MediaMetrics {
        var result = metrics
        result.cpu = Interval(nanoseconds: cdatagram_thread_cpu())
        result.peers = peerCount
        result.meetings = meetings.count
        result.streamConnections = streams.count
        return result
    }

    /// Peers learn that it is over (DTLS close_notify) instead of waiting for their consent to expire.
    private func closeEverything() {
        // What comes after the stop is answered by ``MediaInbox/close()``.
        let now = MediaClock.now()
        for meeting in meetings.values { meeting.close(now: now) }
        meetings.removeAll()
        writeStreams()
        for stream in streams.values { cdatagram_poll_remove(poll, stream.descriptor) }
        streams.removeAll()
        for message in commands[nextCommand...] {
            if case .measure(let report) = message { report(snapshot()) }
        }
    }
}
