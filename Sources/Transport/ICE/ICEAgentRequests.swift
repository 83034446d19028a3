// SPDX-License-Identifier: Apache-2.0

import Base

/// Requests from the peer (RFC 8445 §7.3).
extension ICEAgent {
    mutating func receiveRequest(
        _ message: STUNMessage,
        from address: TransportAddress,
        now: Moment
    ) throws(ICERefusal) {
        guard let index = lists.lastIndex(where: { ICECheck.username(message, matches: $0.local, $0.remote) }) else {
            throw .unknownUsername
        }
        let key = lists[index].local.password
        let request = try ICECheck.authenticate(message, with: key)
        if let answer = ICECheck.unknownAttributes(request, key: key) {
            transmits.append(Transmit(address: address, bytes: answer))
            throw .unknownAttributes
        }
        guard settleRole(message) else {
            transmits.append(Transmit(address: address, bytes: ICECheck.roleConflict(request, key: key)))
            throw .roleConflict
        }
        // §7.3.1.3: a source not among the candidates is a peer-reflexive one.
        let added = lists[index].add(
            pair(with: address, priority: message.priority ?? 0, type: address.isTCP ? .tcpActive : .udp)
        )
        guard added else { throw .tooManyCandidates }
        transmits.append(Transmit(address: address, bytes: ICECheck.response(to: request, from: address, key: key)))
        guard !ended else { return }

        lists[index].update(address) { $0.provedByPeer = true }
        let nominates = message.useCandidate && !isControlling
        if let place = lists[index].index(of: address), lists[index].pairs[place].state == .succeeded {
            if nominates { select(address, list: index, now: now) }
        } else {
            if nominates { lists[index].update(address) { $0.nominateOnSuccess = true } }
            lists[index].trigger(address)
            scheduleCheck(now: now)
        }
    }

    /// RFC 8445 §7.3.1.1. False: the peer must give way and is told so.
    private mutating func settleRole(_ message: STUNMessage) -> Bool {
        if isControlling, let theirs = message.iceControlling {
            if tieBreaker >= theirs { return false }
            setRole(controlling: false)
        } else if !isControlling, let theirs = message.iceControlled {
            if tieBreaker < theirs { return false }
            setRole(controlling: true)
        }
        return true
    }
}
