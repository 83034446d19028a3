// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import SFrame
import TestSupport
import Testing

@Suite("SFrame sending counters")
struct SendingCounterTests {
    @Test("a fresh member counts up from zero, each stream on its own")
    func fresh() throws {
        var randomness = SeededRandomness(seed: 30)
        var ana = try Rings.ring(leaf: 2)
        for expected in UInt64(0)..<10 {
            #expect(try ana.planSealing(context: 0, using: &randomness).counter == expected)
            #expect(try ana.planSealing(context: 1, using: &randomness).counter == expected)
        }
    }

    @Test("a thousand copies of one stored state, and the original, never use a counter twice")
    func clones() throws {
        var randomness = SeededRandomness(seed: 31)
        var ana = try Rings.ring(leaf: 2)
        var used: Set<UInt64> = []
        for _ in 0..<100 { used.insert(try ana.planSealing(context: 0, using: &randomness).counter) }
        let stored = ana.snapshot()
        for _ in 0..<100 { used.insert(try ana.planSealing(context: 0, using: &randomness).counter) }
        for _ in 0..<1_000 {
            var copy = try Ring(restoring: stored)
            for _ in 0..<20 { used.insert(try copy.planSealing(context: 0, using: &randomness).counter) }
        }
        #expect(used.count == 200 + 20_000)
    }

    @Test("a restored member stays one: in later epochs it begins at random too")
    func laterEpochs() throws {
        var randomness = SeededRandomness(seed: 32)
        let stored = try Rings.ring(leaf: 2).snapshot()
        var starts: Set<UInt64> = []
        for _ in 0..<50 {
            var copy = try Ring(restoring: stored)
            try copy.addEpoch(2, leafWidth: 8, baseKey: Rings.baseKey(.aes128GCMSHA256, epoch: 2))
            try copy.startSending(in: 2, now: Rings.start)
            starts.insert(try copy.planSealing(context: 0, using: &randomness).counter)
        }
        #expect(starts.count == 50)
    }

    @Test("restored at the highest start there is, the run still doesn't reach the end of the field")
    func noOverflow() throws {
        struct Ones: Randomness {
            mutating func next() -> UInt64 { .max }
        }
        var ones = Ones()
        var counter = SendingCounter(.restored, using: &ones)
        #expect(try counter.take() == UInt64.max >> 1)
        #expect(try counter.take() == UInt64.max >> 1 + 1)
    }

    @Test("a snapshot remembers epochs, deadlines and what was accepted")
    func snapshots() throws {
        var randomness = SeededRandomness(seed: 33)
        var ana = try Rings.ring(leaf: 2, epochs: 1...1)
        var ben = try Rings.ring(leaf: 5, epochs: 1...2)
        let accepted = try ana.seal([1], context: 0, using: &randomness)
        let next = try ana.seal([2], context: 0, using: &randomness)
        _ = try ben.open(accepted)
        var again = try Ring(restoring: ben.snapshot())
        #expect(again.heldEpochs == [1, 2])
        #expect(again.sendingEpoch == 2)
        #expect(again.newestEpoch == 2)
        #expect(again.nextDeadline == ben.nextDeadline)
        #expect(again.origin == .restored)
        #expect(throws: SFrameRefusal.beyondReplayWindow) { try again.open(accepted) }
        #expect(try again.open(next).plaintext == [2])
        // A second generation remembers as well.
        var third = try Ring(restoring: try Ring(restoring: ben.snapshot()).snapshot())
        #expect(throws: SFrameRefusal.beyondReplayWindow) { try third.open(accepted) }
    }

    @Test("a snapshot that is cut, longer or changed is refused or is another ring, and never traps")
    func malformedSnapshots() throws {
        var randomness = SeededRandomness(seed: 34)
        var ana = try Rings.ring(leaf: 2, epochs: 1...3)
        var ben = try Rings.ring(leaf: 5, epochs: 1...3)
        _ = try ben.open(try ana.seal([1], context: 0, using: &randomness))
        let stored = ben.snapshot().withBytes { Array($0) }
        for length in 0..<stored.count {
            #expect(throws: SFrameRefusal.malformedSnapshot) { try Ring(restoring: Secret(stored.prefix(length))) }
        }
        #expect(throws: SFrameRefusal.malformedSnapshot) { try Ring(restoring: Secret(stored + [0])) }
        for index in stored.indices {
            for value in [0, 1, 0x7F, 0xFF] as [UInt8] {
                var changed = stored
                changed[index] = value
                _ = try? Ring(restoring: Secret(changed))
            }
        }
    }
}
