// SPDX-License-Identifier: Apache-2.0

public import Base

/// The server's side of ICE (RFC 8445 §2.5): it answers checks and never sends one.
///
/// ```
/// request → parse → USERNAME is ours → MESSAGE-INTEGRITY → role, attributes → success, address proved
///                                                          USE-CANDIDATE   → address selected
/// ```
/// A restart opens a second generation beside the first; the first goes when a check nominates in the second.
/// State is made only behind MESSAGE-INTEGRITY, and bounded: two generations, eight addresses, 64 answers.
public struct ICELiteAgent: ICEEndpoint {
    /// RFC 7675 §5.1.
    public static let consentLifetime = Interval.seconds(30)
    /// A lower-ranked nomination right after a higher one is a late or duplicated packet, not a change of mind.
    private static let nominationHold = Interval.seconds(3)
    private static let addressLimit = 8

    private struct Generation {
        let number: Int
        let local: ICECredentials
        var remote: ICECredentials?
    }

    private struct ProvedAddress {
        let address: TransportAddress
        var lastCheck: Moment
    }

    private struct Selection {
        var address: TransportAddress
        var generation: Int
        var priority: UInt32
        var lastNomination: Moment
    }

    private var generations: [Generation]
    private var proved: [ProvedAddress] = []
    private var selection: Selection?
    private var expired = false
    private var transmits = BoundedQueue<Transmit>(limit: 64)
    private var events = BoundedQueue<ICEEvent>(limit: 16)

    public init(local: ICECredentials) {
        generations = [Generation(number: 0, local: local)]
    }

    public var selected: TransportAddress? { selection?.address }

    /// Learned from the peer's description; belongs to the newest generation. Candidates mean nothing to a lite agent.
    public mutating func setRemote(_ credentials: ICECredentials, candidates: [ICECandidate] = [], now: Moment) {
        generations[generations.count - 1].remote = credentials
    }

    /// New local credentials. The old ones keep working until a check nominates under the new ones (RFC 8445 §9).
    public mutating func restart(local: ICECredentials, now: Moment) {
        let number = generations[generations.count - 1].number + 1
        // A restart that nobody answered is overtaken: keep what is in use and what is newest.
        if generations.count == 2 { generations.removeLast() }
        generations.append(Generation(number: number, local: local))
    }

    public mutating func receive(
        _ datagram: UnsafeRawBufferPointer,
        from address: TransportAddress,
        now: Moment
    ) throws(ICERefusal) {
        let message = try ICECheck.parse(datagram)
        // A lite agent sends no requests, so no response is for it; indications are keep-alives.
        guard message.messageClass == .request else { throw .unexpectedResponse }
        guard let generation = generations.last(where: { ICECheck.username(message, matches: $0.local, $0.remote) })
        else {
            throw .unknownUsername
        }
        let key = generation.local.password
        let request = try ICECheck.authenticate(message, with: key)
        if let answer = ICECheck.unknownAttributes(request, key: key) {
            transmits.append(Transmit(address: address, bytes: answer))
            throw .unknownAttributes
        }
        // A lite agent is always controlled and cannot become controlling (RFC 8445 §6.1.1, §7.3.1.1).
        guard message.iceControlled == nil else {
            transmits.append(Transmit(address: address, bytes: ICECheck.roleConflict(request, key: key)))
            throw .roleConflict
        }
        transmits.append(Transmit(address: address, bytes: ICECheck.response(to: request, from: address, key: key)))
        guard !expired else { return }
        prove(address, now: now)
        if message.useCandidate {
            nominate(address, generation: generation.number, priority: message.priority ?? 0, now: now)
        }
    }

    public var nextDeadline: Moment? {
        guard !expired, let last = lastCheck(of: selection?.address) else { return nil }
        return last + Self.consentLifetime
    }

    public mutating func handleTimeout(now: Moment) {
        guard let deadline = nextDeadline, deadline <= now else { return }
        // The selected address went silent. Another one that the peer still checks takes over; with none, it is over.
        proved.removeAll { now - $0.lastCheck >= Self.consentLifetime }
        if var selection, let other = proved.max(by: { $0.lastCheck < $1.lastCheck }) {
            selection.address = other.address
            self.selection = selection
            events.append(.selected(other.address))
            return
        }
        if proved.isEmpty {
            expired = true
            selection = nil
            events.append(.consentExpired)
        }
    }

    public mutating func pollTransmit() -> Transmit? { transmits.popFirst() }

    public mutating func pollEvent() -> ICEEvent? { events.popFirst() }

    public func hasValidated(_ address: TransportAddress) -> Bool {
        proved.contains { $0.address == address }
    }

    public var destination: TransportAddress? {
        selection?.address ?? proved.max { $0.lastCheck < $1.lastCheck }?.address
    }

    private mutating func prove(_ address: TransportAddress, now: Moment) {
        if let index = proved.firstIndex(where: { $0.address == address }) {
            proved[index].lastCheck = max(proved[index].lastCheck, now)
            return
        }
        if proved.count == Self.addressLimit {
            let candidates = proved.indices.filter { proved[$0].address != selection?.address }
            guard let oldest = candidates.min(by: { proved[$0].lastCheck < proved[$1].lastCheck }) else { return }
            proved.remove(at: oldest)
        }
        proved.append(ProvedAddress(address: address, lastCheck: now))
    }

    private mutating func nominate(_ address: TransportAddress, generation: Int, priority: UInt32, now: Moment) {
        if let current = selection {
            guard generation >= current.generation else { return }
            let held = now - current.lastNomination < Self.nominationHold
            if generation == current.generation, address != current.address, priority < current.priority, held {
                return
            }
        }
        let moved = selection?.address != address
        selection = Selection(address: address, generation: generation, priority: priority, lastNomination: now)
        generations.removeAll { $0.number < generation }
        if moved { events.append(.selected(address)) }
    }

    /// The moment that consent counts from; before a selection, the latest check from anywhere.
    private func lastCheck(of address: TransportAddress?) -> Moment? {
        guard let address else { return proved.map(\.lastCheck).max() }
        return proved.first { $0.address == address }?.lastCheck
    }
}
