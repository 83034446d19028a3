// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import SFrame
import TestSupport
import Testing

@Suite("SFrame transcript")
struct TranscriptTests {
    /// web/tests/test_wasm.py reads the digest from here and computes it in browsers.
    @Test("a thousand frames of all suites have the digest that the browser's core must reach as well")
    func digest() throws {
        var randomness = SeededRandomness(seed: 9_605)
        var unused = SeededRandomness(seed: 0)
        var digest = [UInt8](repeating: 0, count: 32)
        for suite in SFrameSuite.allCases {
            var ring = try Ring(suite: suite, ownLeaf: 3, origin: .fresh)
            try ring.addEpoch(77, leafWidth: 12, baseKey: Secret(randomness.bytes(suite.keyLength)))
            try ring.startSending(in: 77, now: Rings.start)
            for index in 0..<200 {
                let plaintext = randomness.bytes(index * 37 % 1_500)
                let metadata = randomness.bytes(index % 9)
                let frame = try ring.seal(plaintext, context: UInt64(index % 5), metadata: metadata, using: &unused)
                digest = NativeCrypto.hash(.sha256, digest + frame)
            }
        }
        #expect(Hex.text(digest) == "3ec1a97d3550eda4dd1b15efa1f250d8e4ff0fd1856a0f999a940b9061dc05b4")
    }
}
