// SPDX-License-Identifier: Apache-2.0

import Base

/// Our only base with one remote candidate (RFC 8445 §6.1.2).
struct CandidatePair: Sendable {
    /// RFC 8445 §6.1.2.6 without Frozen: one stream with one component has nothing to thaw.
    enum State: Sendable {
        case waiting
        case inProgress
        case succeeded
        case failed
    }

    let remote: TransportAddress
    let localPriority: UInt32
    let remotePriority: UInt32
    /// By which the list is ordered; changes with our role.
    private(set) var priority: UInt64
    var state = State.waiting
    /// The controlling peer nominated it before our own check had passed (RFC 8445 §7.3.1.5).
    var nominateOnSuccess = false
    /// The peer proved with our password that it sends from there.
    var provedByPeer = false

    init(remote: TransportAddress, localPriority: UInt32, remotePriority: UInt32, isControlling: Bool) {
        self.remote = remote
        self.localPriority = localPriority
        self.remotePriority = remotePriority
        priority = 0
        rank(isControlling: isControlling)
    }

    /// RFC 8445 §6.1.2.3: G is the controlling agent's candidate priority, D the controlled agent's.
    mutating func rank(isControlling: Bool) {
        let g = UInt64(isControlling ? localPriority : remotePriority)
        let d = UInt64(isControlling ? remotePriority : localPriority)
        priority = min(g, d) << 32 &+ 2 &* max(g, d) &+ (g > d ? 1 : 0)
    }
}
