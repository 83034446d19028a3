// SPDX-License-Identifier: Apache-2.0

import NIOConcurrencyHelpers
import Synchronization

/// What the node counts about itself. Sums only: nothing about a person, an address or a meeting.
final class Totals: Sendable {
    private let socketsOpen = Atomic<Int>(0)
    private let sockets = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)
    private let evicted = Atomic<Int>(0)
    private let meetings = Atomic<Int>(0)
    private let faults = NIOLockedValueBox<[String: Int]>([:])

    func socketOpened() {
        sockets.add(1, ordering: .relaxed)
        socketsOpen.add(1, ordering: .relaxed)
    }

    func socketClosed(because fault: SocketFault?) {
        socketsOpen.subtract(1, ordering: .relaxed)
        if let fault { faults.withLockedValue { $0[fault.name, default: 0] += 1 } }
    }

    func connectionRefused() { refused.add(1, ordering: .relaxed) }
    func connectionEvicted() { evicted.add(1, ordering: .relaxed) }

    /// How many there are now.
    func set(meetings: Int) {
        self.meetings.store(meetings, ordering: .relaxed)
    }

    /// The Prometheus text format, version 0.0.4.
    func text(_ media: MediaMetrics) -> String {
        var lines: [String] = []
        func add(_ name: String, _ kind: String, _ help: String, _ values: [(String, Int)]) {
            lines.append("# HELP vigil_\(name) \(help)")
            lines.append("# TYPE vigil_\(name) \(kind)")
            for (labels, value) in values { lines.append("vigil_\(name)\(labels) \(value)") }
        }
        add("meetings", "gauge", "Meetings now.", [("", meetings.load(ordering: .relaxed))])
        add("signalling_connections", "gauge", "Open now.", [("", socketsOpen.load(ordering: .relaxed))])
        add("signalling_connections_total", "counter", "Opened so far.", [("", sockets.load(ordering: .relaxed))])
        add("connections_refused_total", "counter", "Refused at the limit.", [("", refused.load(ordering: .relaxed))])
        add("connections_evicted_total", "counter", "Ended to make room.", [("", evicted.load(ordering: .relaxed))])
        let byFault = faults.withLockedValue { $0 }.sorted { $0.key < $1.key }
        add(
            "signalling_faults_total",
            "counter",
            "Connections that the node ended, by reason.",
            byFault.map { ("{reason=\"\($0.key)\"}", $0.value) }
        )
        return lines.joined(separator: "\n") + "\n" + media.text
    }
}
