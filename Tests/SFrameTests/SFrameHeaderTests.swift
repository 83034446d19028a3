// SPDX-License-Identifier: Apache-2.0

import Base
import SFrame
import TestSupport
import Testing

@Suite("SFrame headers")
struct SFrameHeaderTests {
    @Test("random key identifiers and counters of every length come back from their encoding, in the fewest bytes")
    func roundTrips() throws {
        var randomness = SeededRandomness(seed: 11)
        for _ in 0..<20_000 {
            let header = SFrameHeader(
                keyID: randomness.next() >> UInt64.random(in: 0...63, using: &randomness),
                counter: randomness.next() >> UInt64.random(in: 0...63, using: &randomness)
            )
            var reader = ByteReader(header.encoded)
            #expect(try SFrameHeader(reading: &reader) == header)
            #expect(reader.isAtEnd)
            #expect(header.encoded.count <= 17)
        }
    }

    @Test("a header cut anywhere is refused")
    func truncated() {
        let encoded = SFrameHeader(keyID: .max, counter: .max).encoded
        #expect(encoded.count == 17)
        for length in 0..<encoded.count {
            var reader = ByteReader(encoded.prefix(length))
            #expect(throws: SFrameRefusal.malformedHeader) { try SFrameHeader(reading: &reader) }
        }
    }

    @Test(
        "a value in more bytes than it needs is refused",
        arguments: [[0x80, 7], [0x08, 0], [0x90, 0, 9], [0x09, 0, 255], [0x8F, 9, 0, 0, 0, 0, 0, 0, 0, 1]]
            as [[UInt8]]
    )
    func notMinimal(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        #expect(throws: SFrameRefusal.malformedHeader) { try SFrameHeader(reading: &reader) }
    }

    @Test("what is accepted at all has exactly the bytes that encoding it gives")
    func oneSpelling() {
        var randomness = SeededRandomness(seed: 12)
        for _ in 0..<50_000 {
            let bytes = randomness.bytes(Int.random(in: 0...18, using: &randomness))
            var reader = ByteReader(bytes)
            guard let header = try? SFrameHeader(reading: &reader) else { continue }
            #expect(header.encoded == Array(bytes.prefix(bytes.count - reader.remaining)))
        }
    }
}
