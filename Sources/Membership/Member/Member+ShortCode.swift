// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Four words to compare, by commit and reveal.
extension Member {
    private var everybody: [ParticipantID] {
        var everybody = SortedSet(own.rawValue)
        for person in people { everybody.insert(person.participant.rawValue) }
        return everybody.elements.map { ParticipantID(rawValue: $0) }
    }

    mutating func startShortCode(using randomness: inout some Randomness) {
        guard !people.isEmpty else { return fail("compare", "alone") }
        let id = randomness.bytes(16)
        post(.shortCode(.start(id: id, participants: everybody)))
        bind(to: id, using: &randomness)
    }

    /// Takes part: draws a number and sends what binds to it.
    private mutating func bind(to id: [UInt8], using randomness: inout some Randomness) {
        guard let group else { return }
        let nonce = randomness.bytes(32)
        let commitment = ShortCode.commitment(id: id, participant: own, nonce: nonce, with: Crypto.self)
        shortCode = ShortCode(
            id: id,
            epoch: group.epoch,
            participants: everybody,
            nonce: nonce,
            commitments: [(own, commitment)],
            endsAt: now + ShortCode.patience
        )
        post(.shortCode(.commit(id: id, commitment: commitment)))
        showShortCode()
    }

    mutating func hear(
        _ message: ShortCodeMessage,
        from sender: ParticipantID,
        using randomness: inout some Randomness
    ) {
        switch message {
        case .start(let id, let participants):
            guard id.count == 16, participants == everybody else { return }
            // Two at once: all take the one with the lower number.
            if let shortCode, shortCode.endsAt != nil, !id.lexicographicallyPrecedes(shortCode.id) { return }
            // Who has seen numbers and begins anew is trying his luck: that is shown.
            if shortCode?.isRevealed == true { failShortCode() }
            bind(to: id, using: &randomness)
        case .commit(let id, let commitment):
            guard let code = shortCode, code.id == id, code.participants.contains(sender), code.endsAt != nil
            else { return }
            if let known = code.commitments.first(where: { $0.participant == sender }) {
                if known.commitment != commitment { failShortCode() }
                return
            }
            shortCode?.commitments.append((sender, commitment))
            showShortCode()
            reveal()
        case .reveal(let id, let nonce):
            guard let code = shortCode, code.id == id, code.endsAt != nil,
                let bound = code.commitments.first(where: { $0.participant == sender }),
                !code.reveals.contains(where: { $0.participant == sender })
            else { return }
            let expected = ShortCode.commitment(id: id, participant: sender, nonce: nonce, with: Crypto.self)
            guard bound.commitment == expected else { return failShortCode() }
            shortCode?.reveals.append((sender, nonce))
            showShortCode()
            conclude()
        }
    }

    private mutating func reveal() {
        guard let code = shortCode, !code.isRevealed, code.commitments.count == code.participants.count else { return }
        shortCode?.isRevealed = true
        shortCode?.reveals.append((own, code.nonce))
        post(.shortCode(.reveal(id: code.id, nonce: code.nonce)))
        conclude()
    }

    private mutating func conclude() {
        guard let group, let code = shortCode, code.reveals.count == code.participants.count,
            let key = try? group.export(label: "vigil short code", context: code.id, length: 32)
        else { return }
        var input: [UInt8] = []
        for participant in code.participants {
            for reveal in code.reveals where reveal.participant == participant {
                input += participant.rawValue.encoded + reveal.nonce
            }
        }
        shortCode?.endsAt = nil
        let digest = Crypto.hmac(.sha256, key: key, input)
        tell(.shortCode(.shown(words: digest.withBytes { Words.split(Array($0), count: 4) })))
    }

    private mutating func showShortCode() {
        guard let shortCode, shortCode.endsAt != nil else { return }
        tell(.shortCode(.gathering(waitingFor: shortCode.waitingFor)))
    }

    mutating func expireShortCode() {
        if let endsAt = shortCode?.endsAt, endsAt <= now { failShortCode() }
    }

    /// The group changed, somebody was silent or went back on their number.
    mutating func failShortCode() {
        guard let code = shortCode, code.endsAt != nil else { return }
        shortCode = nil
        tell(.shortCode(.failed(waitingFor: code.waitingFor)))
    }
}
