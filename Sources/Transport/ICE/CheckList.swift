// SPDX-License-Identifier: Apache-2.0

import Base

/// One ICE generation of the full agent: credentials of both sides and the pairs checked under them.
struct CheckList: Sendable {
    /// RFC 8445 §6.1.2.5 wants a bound and suggests 100; a server has a handful of addresses.
    static let pairLimit = 32

    let number: Int
    let local: ICECredentials
    var remote: ICECredentials?
    /// By priority, highest first.
    private(set) var pairs: [CandidatePair] = []
    /// Addresses to be checked before any other, in order (RFC 8445 §6.1.4.1). No address twice.
    private(set) var triggered: [TransportAddress] = []
    /// When a first pair had succeeded: regular nomination waits a little for a better one.
    var firstSuccess: Moment?
    /// The pair for which the controlling agent has sent USE-CANDIDATE.
    var nominating: TransportAddress?

    init(number: Int, local: ICECredentials) {
        self.number = number
        self.local = local
    }

    func index(of address: TransportAddress) -> Int? { pairs.firstIndex { $0.remote == address } }

    /// False when the list is full.
    mutating func add(_ pair: CandidatePair) -> Bool {
        guard index(of: pair.remote) == nil else { return true }
        guard pairs.count < Self.pairLimit else { return false }
        let place = pairs.firstIndex { $0.priority < pair.priority } ?? pairs.count
        pairs.insert(pair, at: place)
        return true
    }

    /// RFC 8445 §7.3.1.1: a change of role changes the priorities.
    mutating func rank(isControlling: Bool) {
        for index in pairs.indices { pairs[index].rank(isControlling: isControlling) }
        pairs.sort { $0.priority > $1.priority }
    }

    mutating func update(_ address: TransportAddress, _ change: (inout CandidatePair) -> Void) {
        guard let index = index(of: address) else { return }
        change(&pairs[index])
    }

    mutating func trigger(_ address: TransportAddress) {
        guard index(of: address) != nil, !triggered.contains(address) else { return }
        triggered.append(address)
    }

    var hasWork: Bool {
        remote != nil && (!triggered.isEmpty || pairs.contains { $0.state == .waiting })
    }

    /// The next pair to check: triggered first, then the best one that waits.
    mutating func nextToCheck() -> TransportAddress? {
        guard remote != nil else { return nil }
        if !triggered.isEmpty { return triggered.removeFirst() }
        return pairs.first { $0.state == .waiting }?.remote
    }

    /// No pair left that could still succeed.
    var isExhausted: Bool { !pairs.isEmpty && triggered.isEmpty && pairs.allSatisfy { $0.state == .failed } }

    var bestValid: CandidatePair? { pairs.first { $0.state == .succeeded } }

    /// Whether a better pair than the best valid one is still being tried.
    var mayImprove: Bool {
        for pair in pairs {
            switch pair.state {
            case .succeeded: return false
            case .waiting, .inProgress: return true
            case .failed: continue
            }
        }
        return false
    }
}
