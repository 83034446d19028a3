// SPDX-License-Identifier: Apache-2.0

import Base

/// One sender's sequence of message keys (RFC 9420 §9.1). What a key came from is gone once the key is there (§9.2).
package struct HashRatchet: Sendable {
    /// The secret that the key of ``generation`` comes from; gone at the very end of the sequence.
    var secret: Secret?
    /// The next generation that hasn't been derived.
    package private(set) var generation: UInt32 = 0
    /// Derived but not used yet, in increasing order.
    var skipped: [(generation: UInt32, key: RatchetKey)] = []

    init(_ secret: Secret) {
        self.secret = secret
    }

    init(secret: Secret?, generation: UInt32, skipped: [(generation: UInt32, key: RatchetKey)]) {
        self.secret = secret
        self.generation = generation
        self.skipped = skipped
    }

    /// The sender's next key. Never the same one twice.
    package mutating func next<Crypto>(
        _ suite: CryptoSuite<Crypto>
    ) throws(MLSRefusal) -> (generation: UInt32, key: RatchetKey) {
        guard let secret else { throw .ratchetExhausted }
        let now = generation
        let key = RatchetKey(
            key: try suite.deriveTreeSecret(secret, "key", generation: now, length: suite.aead.keyLength),
            nonce: try suite.deriveTreeSecret(secret, "nonce", generation: now, length: suite.aead.nonceLength)
        )
        if now == .max {
            self.secret = nil
        } else {
            self.secret = try suite.deriveTreeSecret(
                secret,
                "secret",
                generation: now,
                length: suite.secretLength
            )
            generation = now + 1
        }
        return (now, key)
    }

    /// The key of a received message. It is no longer in the ratchet afterwards.
    package mutating func take<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        generation wanted: UInt32,
        limits: RatchetLimits
    ) throws(MLSRefusal) -> RatchetKey {
        if wanted < generation || secret == nil {
            // RFC 9420 §9.2: a used key is deleted, so a second message of this generation can't be opened.
            guard let index = skipped.firstIndex(where: { $0.generation == wanted }) else { throw .keyAlreadyUsed }
            return skipped.remove(at: index).key
        }
        // RFC 9420 §15.3: a limit, or one message costs billions of derivations.
        guard wanted - generation <= limits.forward else { throw .generationTooFarAhead }
        while true {
            let step = try next(suite)
            if step.generation == wanted { return step.key }
            skipped.append(step)
            if skipped.count > limits.kept { skipped.removeFirst() }
        }
    }
}
