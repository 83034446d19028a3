// SPDX-License-Identifier: Apache-2.0

import Base
import SealingSupport
import TestSupport
import Testing

@testable import Sealing

@Suite("Shares")
struct SecretSharingTests {
    /// Hands out these bytes, one after another.
    private struct Script: Randomness {
        var bytes: [UInt8]
        var place = 0

        mutating func next() -> UInt64 {
            defer { place += 8 }
            return bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private func bytes(_ secret: Secret) -> [UInt8] { secret.withBytes { Array($0) } }

    @Test("any three give the secret, in any order")
    func three() throws {
        var randomness = SeededRandomness(seed: 1)
        for _ in 0..<20 {
            let secret = Secret.random(32, using: &randomness)
            let shares = zip(SecretSharing.places, SecretSharing.split(secret, using: &randomness))
                .map { (place: $0, share: $1) }
            for chosen in subsets(of: shares, size: 3) {
                let found = try #require(SecretSharing.combine(chosen.reversed()))
                #expect(Secret.equal(found, secret))
            }
        }
    }

    /// All 65,536 polynomials with zero at zero, each once, through the very function that shares. Any two places see each pair of values exactly
    /// once: whatever two shares are, one polynomial fits to them.
    @Test("any two see every pair of values once, for a secret of zero")
    func two() {
        let all = 0..<65_536
        let script = Script(
            bytes: all.map { UInt8(truncatingIfNeeded: $0) } + all.map { UInt8(truncatingIfNeeded: $0 >> 8) }
        )
        var randomness = script
        let shares = SecretSharing.split(Secret.zeros(all.count), using: &randomness).map(bytes)
        for pair in subsets(of: shares, size: 2) {
            var seen = [Bool](repeating: false, count: all.count)
            for (first, second) in zip(pair[0], pair[1]) { seen[Int(first) << 8 | Int(second)] = true }
            #expect(!seen.contains(false))
        }
        for share in shares {
            // One alone: each value by 256 polynomials.
            var count = [Int](repeating: 0, count: 256)
            for value in share { count[Int(value)] += 1 }
            #expect(count == [Int](repeating: 256, count: 256))
        }
    }

    /// With the one above: for every secret there is exactly one polynomial for any two shares, so they say nothing of it.
    @Test("another secret shifts all shares by itself, whatever the polynomial")
    func shifted() {
        var seeds = SeededRandomness(seed: 3)
        for _ in 0..<8 {
            let (linear, quadratic) = (seeds.bytes(1)[0], seeds.bytes(1)[0])
            let script = Script(
                bytes: [UInt8](repeating: linear, count: 256) + [UInt8](repeating: quadratic, count: 256)
            )
            let secrets = (0..<256).map { UInt8($0) }
            var (first, second) = (script, script)
            let zero = SecretSharing.split(Secret.zeros(256), using: &first).map(bytes)
            let shares = SecretSharing.split(Secret(secrets), using: &second).map(bytes)
            for (share, base) in zip(shares, zero) {
                #expect(share == zip(base, secrets).map { $0 ^ $1 })
            }
        }
    }

    @Test("what isn't three shares of different places and one length gives nothing")
    func malformed() {
        let share = Secret([1, 2])
        let three: [(place: UInt8, share: Secret)] = [(1, share), (2, share), (3, share)]
        #expect(SecretSharing.combine(three) != nil)
        #expect(SecretSharing.combine(Array(three.dropLast())) == nil)
        #expect(SecretSharing.combine(three + [(4, share)]) == nil)
        #expect(SecretSharing.combine([(1, share), (2, share), (2, share)]) == nil)
        #expect(SecretSharing.combine([(0, share), (2, share), (3, share)]) == nil)
        #expect(SecretSharing.combine([(6, share), (2, share), (3, share)]) == nil)
        #expect(SecretSharing.combine([(1, share), (2, share), (3, Secret([1]))]) == nil)
        #expect(SecretSharing.combine([]) == nil)
    }

    @Test("a share that is off by one bit spoils the byte that it is in, and no other")
    func spoiled() throws {
        var randomness = SeededRandomness(seed: 4)
        let secret = Secret.random(32, using: &randomness)
        let shares = SecretSharing.split(secret, using: &randomness)
        for bit in 0..<256 {
            var changed = bytes(shares[4])
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let combined = SecretSharing.combine([(1, shares[0]), (3, shares[2]), (5, Secret(changed))])
            let found = bytes(try #require(combined))
            let differing = zip(found, bytes(secret)).enumerated().filter { $0.element.0 != $0.element.1 }
            #expect(differing.map(\.offset) == [bit / 8])
        }
    }
}
