// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import SFrame
import TestSupport
import Testing

@Suite("SFrame replay window")
struct ReplayTests {
    @Test("an exact repeat is opened and named as one; another frame under its counter is refused")
    func repeats() throws {
        var randomness = SeededRandomness(seed: 20)
        var ben = try Rings.ring(leaf: 5)
        var ana = try Rings.ring(leaf: 2)
        var clone = try Rings.ring(leaf: 2)
        let frame = try ana.seal([1], context: 0, using: &randomness)
        let twin = try clone.seal([2], context: 0, using: &randomness)
        #expect(try ben.open(frame).origin.isRepeat == false)
        #expect(try ben.open(frame).origin.isRepeat)
        #expect(try ben.open(frame).plaintext == [1])
        #expect(throws: SFrameRefusal.replayed) { try ben.open(twin) }
    }

    @Test("a repeat from before the window is refused")
    func beyond() throws {
        var randomness = SeededRandomness(seed: 21)
        var ben = try Rings.ring(leaf: 5)
        var ana = try Rings.ring(leaf: 2)
        var frames: [[UInt8]] = []
        for _ in 0...SFrameLimits.replayWindow { frames.append(try ana.seal([1], context: 0, using: &randomness)) }
        #expect(try ben.open(frames[0]).origin.counter == 0)
        #expect(try ben.open(frames[1]).origin.counter == 1)
        #expect(try !ben.open(frames[SFrameLimits.replayWindow]).origin.isRepeat)
        #expect(throws: SFrameRefusal.beyondReplayWindow) { try ben.open(frames[0]) }
        #expect(try ben.open(frames[1]).origin.isRepeat)
        #expect(try !ben.open(frames[2]).origin.isRepeat)
    }

    @Test("a forged counter doesn't move the window")
    func forgedCounter() throws {
        var randomness = SeededRandomness(seed: 22)
        var ben = try Rings.ring(leaf: 5)
        var ana = try Rings.ring(leaf: 2)
        let frame = try ana.seal([1], context: 0, using: &randomness)
        var reader = ByteReader(frame)
        let header = try SFrameHeader(reading: &reader)
        let forged = SFrameHeader(keyID: header.keyID, counter: .max).encoded + Array(reader.rest)
        #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(forged) }
        #expect(try ben.open(frame).plaintext == [1])
    }

    @Test("plans made together can be accepted in any order; the second of two twins is refused when accepted")
    func interleavedPlans() throws {
        var randomness = SeededRandomness(seed: 23)
        var ben = try Rings.ring(leaf: 5)
        var ana = try Rings.ring(leaf: 2)
        var clone = try Rings.ring(leaf: 2)
        let first = try ana.seal([1], context: 0, using: &randomness)
        let second = try ana.seal([2], context: 0, using: &randomness)
        let twin = try clone.seal([3], context: 0, using: &randomness)
        let plans = try [second, first, twin].map { try ben.planOpening($0) }
        #expect(try ben.accept(plans[0]).counter == 1)
        #expect(try ben.accept(plans[1]).counter == 0)
        #expect(throws: SFrameRefusal.replayed) { try ben.accept(plans[2]) }
        let waiting = try ben.planOpening(try ana.seal([4], context: 0, using: &randomness))
        ben.removeEpoch(1)
        #expect(throws: SFrameRefusal.unknownKeyID) { try ben.accept(waiting) }
    }

    @Test("random loss, repeats and reordering: every frame is accepted once as new, within the window")
    func shuffled() throws {
        var randomness = SeededRandomness(seed: 24)
        var ana = try Rings.ring(leaf: 2)
        var ben = try Rings.ring(leaf: 5)
        var fresh: Set<UInt64> = []
        var waiting: [(sent: Int, frame: [UInt8])] = []
        for sent in 0..<5_000 {
            waiting.append((sent, try ana.seal([1], context: 0, using: &randomness)))
            guard waiting.count > 40 else { continue }
            // Any frame may be next, but none stays on the way for as long as the window is.
            let isOverdue = sent - waiting[0].sent > SFrameLimits.replayWindow - 50
            let index = isOverdue ? 0 : Int.random(in: 0..<waiting.count, using: &randomness)
            let frame = waiting.remove(at: index).frame
            let roll = randomness.next() % 10
            guard roll > 0 else { continue }
            let origin = try ben.open(frame).origin
            #expect(!origin.isRepeat)
            #expect(fresh.insert(origin.counter).inserted)
            if roll > 7 { #expect(try ben.open(frame).origin.isRepeat) }
        }
        #expect(fresh.count > 4_000)
    }
}
