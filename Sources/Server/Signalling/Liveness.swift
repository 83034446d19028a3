// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// When to ping, and when to give up. That a client joins in time is for the directory to see to.
struct Liveness {
    static let pingInterval = TimeAmount.seconds(15)
    static let silenceLimit = TimeAmount.seconds(40)

    enum Action: Equatable {
        case wait
        case ping
        case end(SocketFault)
    }

    private var lastHeard: NIODeadline
    private var lastPing: NIODeadline

    init(now: NIODeadline) {
        lastHeard = now
        lastPing = now
    }

    mutating func heardSomething(now: NIODeadline) { lastHeard = now }

    mutating func check(now: NIODeadline) -> Action {
        if now >= lastHeard + Liveness.silenceLimit { return .end(.silent) }
        if now >= lastPing + Liveness.pingInterval {
            lastPing = now
            return .ping
        }
        return .wait
    }
}
