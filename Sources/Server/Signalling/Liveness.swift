// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// When to ping, and when to give up.
struct Liveness {
    static let pingInterval = TimeAmount.seconds(15)
    static let silenceLimit = TimeAmount.seconds(40)
    static let firstMessageLimit = TimeAmount.seconds(10)

    enum Action: Equatable {
        case wait
        case ping
        case end(SocketFault)
    }

    private let opened: NIODeadline
    private var lastHeard: NIODeadline
    private var lastPing: NIODeadline
    private var hasMessage = false

    init(now: NIODeadline) {
        opened = now
        lastHeard = now
        lastPing = now
    }

    mutating func heardSomething(now: NIODeadline) { lastHeard = now }

    mutating func heardMessage(now: NIODeadline) {
        lastHeard = now
        hasMessage = true
    }

    mutating func check(now: NIODeadline) -> Action {
        if !hasMessage, now >= opened + Liveness.firstMessageLimit { return .end(.noFirstMessage) }
        if now >= lastHeard + Liveness.silenceLimit { return .end(.silent) }
        if now >= lastPing + Liveness.pingInterval {
            lastPing = now
            return .ping
        }
        return .wait
    }
}
