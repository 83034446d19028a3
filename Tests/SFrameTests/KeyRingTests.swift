// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import SFrame
import TestSupport
import Testing

@Suite("SFrame key ring")
struct KeyRingTests {
    @Test("a frame sealed by one member is opened by another, who learns whose it is", arguments: SFrameSuite.allCases)
    func carries(_ suite: SFrameSuite) throws {
        var randomness = SeededRandomness(seed: 1)
        var ana = try Rings.ring(suite, leaf: 2)
        var ben = try Rings.ring(suite, leaf: 5)
        for (index, length) in [0, 1, 15, 16, 17, 1_200, 20_000].enumerated() {
            let plaintext = randomness.bytes(length)
            let frame = try ana.seal(plaintext, context: 3, metadata: [9, 9], using: &randomness)
            let opened = try ben.open(frame, metadata: [9, 9])
            #expect(opened.plaintext == plaintext)
            #expect(opened.origin.sender == 2)
            #expect(opened.origin.context == 3)
            #expect(opened.origin.epoch == 1)
            #expect(opened.origin.counter == UInt64(index))
            #expect(!opened.origin.isRepeat)
        }
    }

    @Test("every changed byte, every cut and every changed metadata is refused", arguments: SFrameSuite.allCases)
    func tampering(_ suite: SFrameSuite) throws {
        var randomness = SeededRandomness(seed: 2)
        var ana = try Rings.ring(suite, leaf: 2)
        var ben = try Rings.ring(suite, leaf: 5)
        for _ in 0..<20 { _ = try ana.planSealing(context: 1, using: &randomness) }
        let frame = try ana.seal([1, 2, 3, 4, 5], context: 1, metadata: [7], using: &randomness)
        for index in frame.indices {
            for bit in 0..<8 {
                var changed = frame
                changed[index] ^= 1 << bit
                #expect(throws: SFrameRefusal.self) { try ben.open(changed, metadata: [7]) }
            }
        }
        for length in 0..<frame.count {
            #expect(throws: SFrameRefusal.self) { try ben.open(Array(frame.prefix(length)), metadata: [7]) }
        }
        #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(frame + [0], metadata: [7]) }
        #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(frame, metadata: []) }
        #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(frame, metadata: [6]) }
        // No refused frame left a trace.
        #expect(try ben.open(frame, metadata: [7]).plaintext == [1, 2, 3, 4, 5])
    }

    @Test("no byte can move between metadata and ciphertext")
    func boundary() throws {
        var randomness = SeededRandomness(seed: 3)
        var ana = try Rings.ring(.aes128CTRHMACSHA256Tag80, leaf: 2)
        var ben = try Rings.ring(.aes128CTRHMACSHA256Tag80, leaf: 5)
        let frame = try ana.seal([1, 2, 3], context: 0, metadata: [4, 5], using: &randomness)
        let header = 2
        let moved = Array(frame[..<header]) + Array(frame[(header + 1)...])
        #expect(throws: SFrameRefusal.authenticationFailed) {
            try ben.open(moved, metadata: [4, 5, frame[header]])
        }
    }

    @Test("another suite opens nothing, even where lengths agree")
    func wrongSuite() throws {
        var randomness = SeededRandomness(seed: 4)
        for sealing in SFrameSuite.allCases {
            var ana = try Rings.ring(sealing, leaf: 2)
            let frame = try ana.seal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], context: 0, using: &randomness)
            for opening in SFrameSuite.allCases where opening != sealing {
                var ben = try Rings.ring(opening, leaf: 5)
                #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(frame) }
            }
        }
    }

    @Test("unknown epochs, leaves beyond the tree and this member's own key are refused before any cipher runs")
    func unknownKeys() throws {
        var randomness = SeededRandomness(seed: 5)
        var ana = try Rings.ring(leaf: 2, epochs: 1...2)
        var ben = try Rings.ring(leaf: 5, epochs: 1...1)
        let ahead = try ana.seal([1], context: 0, using: &randomness)
        #expect(throws: SFrameRefusal.unknownKeyID) { try ben.open(ahead) }
        // Once the epoch has come, the kept frame opens (RFC 9605 §4.4.4).
        try ben.addEpoch(2, leafWidth: 8, baseKey: Rings.baseKey(.aes128GCMSHA256, epoch: 2))
        #expect(try ben.open(ahead).plaintext == [1])
        #expect(throws: SFrameRefusal.ownKeyID) { try ana.open(ahead) }
        var odd = try Ring(suite: .aes128GCMSHA256, ownLeaf: 0, origin: .fresh)
        try odd.addEpoch(1, leafWidth: 5, baseKey: Rings.baseKey(.aes128GCMSHA256, epoch: 1))
        let beyond = SFrameHeader(keyID: 6 << 6 | 1, counter: 0).encoded + [UInt8](repeating: 0, count: 20)
        #expect(throws: SFrameRefusal.unknownKeyID) { try odd.open(beyond) }
    }

    @Test("the sender's field follows each epoch's own tree")
    func growingTree() throws {
        var randomness = SeededRandomness(seed: 6)
        let suite = SFrameSuite.aes128GCMSHA256
        var ana = try Ring(suite: suite, ownLeaf: 3, origin: .fresh)
        var ben = try Ring(suite: suite, ownLeaf: 1, origin: .fresh)
        var frames: [[UInt8]] = []
        for (epoch, width) in [(1, 4), (2, 512), (3, 8)] as [(UInt64, UInt32)] {
            try ana.addEpoch(epoch, leafWidth: width, baseKey: Rings.baseKey(suite, epoch: epoch))
            try ben.addEpoch(epoch, leafWidth: width, baseKey: Rings.baseKey(suite, epoch: epoch))
            try ana.startSending(in: epoch, now: Rings.start)
            frames.append(try ana.seal([UInt8(epoch)], context: 5, using: &randomness))
        }
        for (index, frame) in frames.enumerated() {
            let origin = try ben.open(frame).origin
            #expect(origin.sender == 3)
            #expect(origin.context == 5)
            #expect(origin.epoch == UInt64(index + 1))
        }
    }

    @Test("an epoch that seals again, after a later one was given up, repeats no counter and doesn't run out")
    func sealsAgain() throws {
        var randomness = SeededRandomness(seed: 8)
        var ana = try Rings.ring(leaf: 2, epochs: 1...1)
        var ben = try Rings.ring(leaf: 5, epochs: 1...1)
        #expect(try ben.open(try ana.seal([1], context: 0, using: &randomness)).origin.counter == 0)
        try ana.addEpoch(2, leafWidth: 8, baseKey: Rings.baseKey(.aes128GCMSHA256, epoch: 2))
        try ana.startSending(in: 2, now: Rings.start)
        ana.removeEpoch(2)
        #expect(throws: SFrameRefusal.nothingToSealWith) { try ana.seal([2], context: 0, using: &randomness) }
        try ana.startSending(in: 1, now: Rings.start + .seconds(1))
        #expect(ana.nextDeadline == nil)
        ana.handleTimeout(now: Rings.start + .seconds(60))
        #expect(try ben.open(try ana.seal([3], context: 0, using: &randomness)).origin.counter > UInt64(UInt32.max))
    }

    @Test("an epoch with the same low bits takes the older one's place, over 200 epochs")
    func epochsWrap() throws {
        var randomness = SeededRandomness(seed: 7)
        var ana = try Rings.ring(leaf: 2, epochs: 1...1)
        var ben = try Rings.ring(leaf: 5, epochs: 1...1)
        var earlier: [(epoch: UInt64, frame: [UInt8])] = []
        for epoch in UInt64(2)...201 {
            let key = Rings.baseKey(.aes128GCMSHA256, epoch: epoch)
            try ana.addEpoch(epoch, leafWidth: 8, baseKey: key)
            try ben.addEpoch(epoch, leafWidth: 8, baseKey: key)
            try ana.startSending(in: epoch, now: Rings.start)
            earlier.append((epoch, try ana.seal([1], context: 0, using: &randomness)))
            #expect(ben.heldEpochs.count <= 64)
        }
        for (epoch, frame) in earlier {
            if epoch > 201 - 64 {
                #expect(try ben.open(frame).origin.epoch == epoch)
            } else {
                #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(frame) }
            }
        }
    }

    @Test("epochs only go up: none comes back with its counters forgotten")
    func epochsDoNotReturn() throws {
        var ring = try Rings.ring(leaf: 2, epochs: 3...4)
        let key = Rings.baseKey(.aes128GCMSHA256, epoch: 4)
        #expect(throws: SFrameRefusal.staleEpoch) { try ring.addEpoch(4, leafWidth: 8, baseKey: key) }
        ring.removeEpoch(4)
        #expect(throws: SFrameRefusal.staleEpoch) { try ring.addEpoch(4, leafWidth: 8, baseKey: key) }
        #expect(throws: SFrameRefusal.staleEpoch) { try ring.addEpoch(2, leafWidth: 8, baseKey: key) }
    }

    @Test("superseded epochs open for ten seconds more and never seal again")
    func expiry() throws {
        var randomness = SeededRandomness(seed: 8)
        var ana = try Rings.ring(leaf: 2, epochs: 1...1)
        var ben = try Rings.ring(leaf: 5, epochs: 1...2)
        let late = try ana.seal([1], context: 0, using: &randomness)
        let later = try ana.seal([2], context: 0, using: &randomness)
        #expect(ben.nextDeadline == Rings.start + .seconds(10))
        ben.handleTimeout(now: Rings.start + .milliseconds(9_999))
        #expect(try ben.open(late).plaintext == [1])
        #expect(throws: SFrameRefusal.staleEpoch) { try ben.startSending(in: 1, now: Rings.start) }
        ben.handleTimeout(now: Rings.start + .seconds(10))
        #expect(ben.heldEpochs == [2])
        #expect(ben.nextDeadline == nil)
        #expect(throws: SFrameRefusal.unknownKeyID) { try ben.open(later) }
    }

    @Test("when an epoch is given up, sealing goes back to the one before, stays with it and repeats no counter")
    func goingBack() throws {
        var randomness = SeededRandomness(seed: 9)
        var ana = try Rings.ring(leaf: 2, epochs: 1...2)
        var ben = try Rings.ring(leaf: 5, epochs: 1...2)
        ana.removeEpoch(2)
        try ana.startSending(in: 1, now: Rings.start)
        var counters: Set<UInt64> = []
        func say() throws {
            let frame = try ana.seal([1], context: 0, using: &randomness)
            #expect(counters.insert(try ben.open(frame).origin.counter).inserted)
        }
        for _ in 0..<3 { try say() }
        let other = Secret([UInt8](repeating: 3, count: 16))
        try ana.addEpoch(3, leafWidth: 8, baseKey: other)
        try ana.startSending(in: 3, now: Rings.start)
        ana.removeEpoch(3)
        try ana.startSending(in: 1, now: Rings.start)
        ana.handleTimeout(now: Rings.start + .seconds(20))
        for _ in 0..<3 { try say() }
        #expect(counters.count == 6)
    }

    @Test("a member that no epoch was given for sending seals nothing, and base keys have the suite's length")
    func setUp() throws {
        var randomness = SeededRandomness(seed: 9)
        var ring = try Ring(suite: .aes256GCMSHA512, ownLeaf: 1, origin: .fresh)
        #expect(throws: SFrameRefusal.nothingToSealWith) { try ring.seal([1], context: 0, using: &randomness) }
        #expect(throws: SFrameRefusal.invalidKey) {
            try ring.addEpoch(1, leafWidth: 2, baseKey: Secret([UInt8](repeating: 0, count: 16)))
        }
        #expect(throws: SFrameRefusal.invalidKeyID) {
            try ring.addEpoch(1, leafWidth: 1, baseKey: Secret([UInt8](repeating: 0, count: 32)))
        }
        #expect(throws: SFrameRefusal.unknownKeyID) { try ring.startSending(in: 1, now: Rings.start) }
        #expect(ring.newestEpoch == nil)
    }

    @Test("one sender can't make others hold keys without bound, nor can strangers")
    func contextBound() throws {
        var randomness = SeededRandomness(seed: 10)
        var ben = try Rings.ring(leaf: 5)
        let key = Rings.baseKey(.aes128GCMSHA256, epoch: 1)
        let layout = try KeyIDLayout(epochBits: 6, leafWidth: 8)
        // A member that doesn't keep to the limit of its own ring.
        func frame(_ context: UInt64) throws -> [UInt8] {
            let keyID = try layout.keyID(epoch: 1, sender: 2, context: context)
            let derived = try SFrameKey(
                deriving: .aes128GCMSHA256,
                keyID: keyID,
                baseKey: key,
                with: NativeCrypto.self
            )
            return try SealingPlan(key: derived, counter: 0, metadata: []).seal([1], with: NativeCrypto.self)
        }
        for context in 0..<UInt64(SFrameLimits.contextsPerSender) {
            var forged = try frame(1_000 + context)
            forged[forged.count - 1] ^= 1
            #expect(throws: SFrameRefusal.authenticationFailed) { try ben.open(forged) }
        }
        for context in 0..<UInt64(SFrameLimits.contextsPerSender) {
            #expect(try ben.open(try frame(context)).origin.context == context)
        }
        #expect(throws: SFrameRefusal.tooManyContexts) { try ben.open(try frame(99)) }
        var ana = try Rings.ring(leaf: 2)
        for context in 0..<UInt64(SFrameLimits.contextsPerSender) {
            _ = try ana.seal([1], context: context, using: &randomness)
        }
        #expect(throws: SFrameRefusal.tooManyContexts) { try ana.seal([1], context: 99, using: &randomness) }
    }
}
