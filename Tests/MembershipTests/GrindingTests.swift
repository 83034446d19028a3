// SPDX-License-Identifier: Apache-2.0

import Base
@testable import Membership
import NativeCrypto
import TestSupport
import Testing

/// T11 of the attack list: a node that holds a group with each of two people stands between them. Both read their code to
/// each other. The code is cut to 24 bits so that grinding is affordable here; the real one has 44.
@Suite("A man in the middle of two groups")
struct GrindingTests {
    private static let runs = 100
    /// Commits that the attacker can try on each side.
    private static let tries = 1 << 13

    /// The code of a group: bits of its exporter, which nobody foresees but whoever makes a commit sees.
    private static func cut(_ digest: [UInt8]) -> UInt32 {
        UInt32(digest[0]) << 16 | UInt32(digest[1]) << 8 | UInt32(digest[2])
    }

    private static func code(_ key: UInt64, _ nonces: [[UInt8]]) -> UInt32 {
        let code = NativeCrypto.hmac(.sha256, key: Secret(key.encoded), nonces.flatMap { $0 })
        return cut(code.withBytes { Array($0) })
    }

    @Test("Without commit and reveal it tries commits on both sides until the codes are the same, and mostly finds two")
    func grinding() {
        var randomness = SeededRandomness(seed: 11)
        var matches = 0
        for _ in 0..<Self.runs {
            // Each side's code follows from its epoch alone. The attacker is a member of both and makes the commits: it
            // computes what each would lead to, and sends two that agree (a collision of two lists).
            var left: Set<UInt32> = []
            for _ in 0..<Self.tries { left.insert(Self.code(randomness.next(), [])) }
            for _ in 0..<Self.tries where left.contains(Self.code(randomness.next(), [])) {
                matches += 1
                break
            }
        }
        // 2^13 · 2^13 pairs on 24 bits: 1 − e^−4, 98 of a hundred.
        #expect(matches > Self.runs / 2)
    }

    @Test("With it the attacker is bound on both sides before any number is known: no more than chance")
    func commitAndReveal() {
        var randomness = SeededRandomness(seed: 12)
        var matches = 0
        for _ in 0..<Self.runs * 50 {
            // The epochs, which it may choose as it likes, and its own numbers, one for each side.
            let epochs = (randomness.next(), randomness.next())
            let own = (randomness.bytes(32), randomness.bytes(32))
            let id = randomness.bytes(16)
            let bound = (
                ShortCode.commitment(id: id, participant: ParticipantID(rawValue: 1), nonce: own.0, with: NativeCrypto.self),
                ShortCode.commitment(id: id, participant: ParticipantID(rawValue: 1), nonce: own.1, with: NativeCrypto.self)
            )
            // Only now the honest ones reveal; a commitment to theirs told nothing of them.
            let honest = (randomness.bytes(32), randomness.bytes(32))
            // It may keep quiet, or open what it is bound to: of all the numbers that it could wish for now, only those
            // open the commitments.
            for _ in 0..<4 {
                let wish = randomness.bytes(32)
                let opened = ShortCode.commitment(
                    id: id,
                    participant: ParticipantID(rawValue: 1),
                    nonce: wish,
                    with: NativeCrypto.self
                )
                #expect(opened != bound.0 && opened != bound.1)
            }
            if Self.code(epochs.0, [honest.0, own.0]) == Self.code(epochs.1, [own.1, honest.1]) { matches += 1 }
        }
        // 5,000 runs at 2^-24 each.
        #expect(matches == 0)
    }
}
