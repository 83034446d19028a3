// SPDX-License-Identifier: Apache-2.0

import SFrame
import TestSupport
import Testing

@Suite("Key identifiers in an MLS group")
struct KeyIDLayoutTests {
    @Test("the example of RFC 9605 §5.2 comes out")
    func example() throws {
        let layout = try KeyIDLayout(epochBits: 4, leafWidth: 64)
        #expect(layout.senderBits == 6)
        #expect(try layout.keyID(epoch: 14, sender: 3, context: 0) == 0x3E)
        #expect(try layout.keyID(epoch: 14, sender: 7, context: 0) == 0x7E)
        #expect(try layout.keyID(epoch: 14, sender: 20, context: 0) == 0x14E)
        #expect(try layout.keyID(epoch: 15, sender: 3, context: 0) == 0x3F)
        #expect(try layout.keyID(epoch: 15, sender: 5, context: 0) == 0x5F)
        #expect(try layout.keyID(epoch: 16, sender: 2, context: 2) == 0x820)
        #expect(try layout.keyID(epoch: 16, sender: 2, context: 3) == 0xC20)
        #expect(try layout.keyID(epoch: 17, sender: 33, context: 0) == 0x211)
        #expect(try layout.keyID(epoch: 17, sender: 51, context: 0) == 0x331)
    }

    @Test("the sender's field holds every leaf and not one bit more")
    func widths() throws {
        for (width, bits) in [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (64, 6), (65, 7), (1_024, 10)] as [(UInt32, Int)]
        {
            #expect(try KeyIDLayout(epochBits: 6, leafWidth: width).senderBits == bits)
        }
        #expect(try KeyIDLayout(epochBits: 6, leafWidth: .max).senderBits == 32)
    }

    @Test("after removals an index above the number of members still has an identifier of its own")
    func sparseTree() throws {
        // Three members are left, on leaves 0, 4 and 7 of a tree of eight: two bits would make 0 and 4 the same.
        let layout = try KeyIDLayout(epochBits: 6, leafWidth: 8)
        let identifiers = try [0, 4, 7].map { try layout.keyID(epoch: 9, sender: $0, context: 0) }
        #expect(Set(identifiers).count == 3)
    }

    @Test("parts come back, for random layouts")
    func roundTrips() throws {
        var randomness = SeededRandomness(seed: 13)
        for _ in 0..<10_000 {
            let layout = try KeyIDLayout(
                epochBits: Int.random(in: 1...16, using: &randomness),
                leafWidth: UInt32.random(in: 1...UInt32.max, using: &randomness)
            )
            let epoch = randomness.next()
            let sender = UInt32.random(in: 0..<layout.leafWidth, using: &randomness)
            let context = randomness.next() >> UInt64(layout.senderBits + layout.epochBits)
            let parts = layout.parts(of: try layout.keyID(epoch: epoch, sender: sender, context: context))
            #expect(parts.sender == sender)
            #expect(parts.context == context)
            #expect(parts.epoch == layout.lowBits(of: epoch))
        }
    }

    @Test("senders outside the tree, contexts that don't fit and layouts that can't be are refused")
    func refusals() throws {
        let layout = try KeyIDLayout(epochBits: 6, leafWidth: 8)
        #expect(throws: SFrameRefusal.invalidKeyID) { try layout.keyID(epoch: 1, sender: 8, context: 0) }
        #expect(throws: SFrameRefusal.invalidKeyID) { try layout.keyID(epoch: 1, sender: 0, context: 1 << 55) }
        #expect(try layout.keyID(epoch: 1, sender: 0, context: 1 << 55 - 1) != 0)
        #expect(throws: SFrameRefusal.invalidKeyID) { try KeyIDLayout(epochBits: 0, leafWidth: 8) }
        #expect(throws: SFrameRefusal.invalidKeyID) { try KeyIDLayout(epochBits: 17, leafWidth: 8) }
        #expect(throws: SFrameRefusal.invalidKeyID) { try KeyIDLayout(epochBits: 6, leafWidth: 0) }
    }
}
