// SPDX-License-Identifier: Apache-2.0

public import Base

/// A full ICE agent (RFC 8445) with one base: each pair is our socket with one remote address.
///
/// For the headless participant, whose peer is an ICE-lite server, and for full peers in tests. It checks, answers,
/// takes triggered checks and peer-reflexive candidates, solves role conflicts, nominates, keeps consent and restarts.
/// A TCP candidate takes part once its connection is open and numbered (``TransportAddress/connection``).
///
/// A restart opens a second check list beside the first; media stays on the old pair until a new one is selected.
public struct ICEAgent: ICEEndpoint {
    public enum Nomination: Sendable {
        /// One pair, after it succeeded (RFC 8445 §8.1.1).
        case regular
        /// USE-CANDIDATE in every check, as browsers do towards lite peers (RFC 5245 §8.1.1.2).
        case aggressive
    }

    public struct Configuration: Sendable {
        public var local: ICECredentials
        public var isControlling: Bool
        public var nomination: Nomination
        /// What SDP tells of us; used for priorities.
        public var candidates: [ICECandidate]
        public var randomness: any Randomness

        public init(
            local: ICECredentials,
            isControlling: Bool = true,
            nomination: Nomination = .regular,
            candidates: [ICECandidate] = [],
            randomness: any Randomness = SystemRandomness()
        ) {
            self.local = local
            self.isControlling = isControlling
            self.nomination = nomination
            self.candidates = candidates
            self.randomness = randomness
        }
    }

    struct Selection: Sendable {
        var address: TransportAddress
        var generation: Int
        var priority: UInt64
        /// When the last answered check was answered.
        var lastConsent: Moment
        var nextConsentCheck: Moment
    }

    /// Ta of RFC 8445 §14.2.
    static let pace = Interval.milliseconds(50)
    /// How long regular nomination waits for a better pair.
    static let nominationPatience = Interval.milliseconds(300)
    static let consentLifetime = Interval.seconds(30)
    static let transactionLimit = 64

    let nomination: Nomination
    let candidates: [ICECandidate]
    let tieBreaker: UInt64
    var randomness: any Randomness
    /// One list, or two while a restart is under way; the newest last.
    var lists: [CheckList]
    var transactions: [CheckTransaction] = []
    var selection: Selection?
    var nextCheck: Moment?
    var ended = false
    var transmits = BoundedQueue<Transmit>(limit: 64)
    var events = BoundedQueue<ICEEvent>(limit: 16)

    public internal(set) var isControlling: Bool
    /// From where the selected peer sees us.
    public internal(set) var reflexiveAddress: TransportAddress?

    public init(_ configuration: Configuration) {
        var randomness = configuration.randomness
        nomination = configuration.nomination
        candidates = configuration.candidates
        isControlling = configuration.isControlling
        tieBreaker = randomness.next()
        lists = [CheckList(number: 0, local: configuration.local)]
        self.randomness = randomness
    }

    public var selected: TransportAddress? { selection?.address }

    /// The peer's description; belongs to the newest generation. Candidates add up over several calls (trickle).
    public mutating func setRemote(_ credentials: ICECredentials, candidates: [ICECandidate] = [], now: Moment) {
        let last = lists.count - 1
        lists[last].remote = credentials
        for candidate in candidates where candidate.transport == .udp || candidate.address.isTCP {
            _ = lists[last].add(pair(with: candidate.address, priority: candidate.priority, type: candidate.transport))
        }
        scheduleCheck(now: now)
    }

    /// New local credentials; ``setRemote(_:candidates:now:)`` must follow before checks start under them.
    public mutating func restart(local: ICECredentials, now: Moment) {
        let number = lists[lists.count - 1].number + 1
        // Keep what media uses and what is newest.
        if lists.count == 2 { lists.removeLast() }
        lists.append(CheckList(number: number, local: local))
        transactions.removeAll { transaction in !lists.contains { $0.number == transaction.generation } }
    }

    public mutating func receive(
        _ datagram: UnsafeRawBufferPointer,
        from address: TransportAddress,
        now: Moment
    ) throws(ICERefusal) {
        let message = try ICECheck.parse(datagram)
        switch message.messageClass {
        case .request: try receiveRequest(message, from: address, now: now)
        case .success, .error: try receiveResponse(message, from: address, now: now)
        case .indication: throw .notBinding
        }
    }

    public mutating func pollTransmit() -> Transmit? { transmits.popFirst() }

    public mutating func pollEvent() -> ICEEvent? { events.popFirst() }

    public func hasValidated(_ address: TransportAddress) -> Bool {
        lists.contains { list in
            guard let index = list.index(of: address) else { return false }
            return list.pairs[index].state == .succeeded || list.pairs[index].provedByPeer
        }
    }

    public var destination: TransportAddress? {
        selection?.address ?? lists[lists.count - 1].bestValid?.remote
    }

    func pair(with address: TransportAddress, priority remote: UInt32, type: ICECandidate.Transport) -> CandidatePair {
        CandidatePair(
            remote: address,
            localPriority: localPriority(tcp: type != .udp),
            remotePriority: remote,
            isControlling: isControlling
        )
    }

    private func localPriority(tcp: Bool) -> UInt32 {
        let own = candidates.filter { ($0.transport != .udp) == tcp }.map(\.priority).max()
        return own ?? ICECandidate.host(TransportAddress(ipv4: 0, port: 0), transport: tcp ? .tcpActive : .udp).priority
    }

    mutating func setRole(controlling: Bool) {
        guard controlling != isControlling else { return }
        isControlling = controlling
        for index in lists.indices { lists[index].rank(isControlling: controlling) }
    }

    mutating func scheduleCheck(now: Moment) {
        if nextCheck == nil, lists.contains(where: \.hasWork) { nextCheck = now }
    }

    func listIndex(_ generation: Int) -> Int? { lists.firstIndex { $0.number == generation } }
}
