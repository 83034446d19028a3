// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import TestSupport
import Testing

/// The library's X-Wing, which the post-quantum suite is to stand on. Nothing of ours is between.
@Suite("X-Wing, draft-connolly-cfrg-xwing-kem vectors")
struct XWingVectorTests {
    private struct Vector: Decodable {
        var sk: String
        var pk: String
        var ct: String
        var ss: String
    }

    @Test("public keys and opened secrets agree; a changed ciphertext gives another secret")
    func vectors() throws {
        guard let data = Vectors.data("xwing/test-vectors.json") else { return }
        var tally = Tally("xwing/test-vectors.json")
        for (index, vector) in try JSONDecoder().decode([Vector].self, from: data).enumerated() {
            let key = try XWingMLKEM768X25519.PrivateKey(
                seedRepresentation: Data(Hex.bytes(vector.sk)),
                publicKey: nil
            )
            tally.check(Array(key.publicKey.rawRepresentation) == Hex.bytes(vector.pk), index)
            var ciphertext = Data(Hex.bytes(vector.ct))
            let secret = try key.decapsulate(ciphertext)
            tally.check(secret.withUnsafeBytes { Array($0) } == Hex.bytes(vector.ss), index)
            ciphertext[0] ^= 1
            #expect(try key.decapsulate(ciphertext) != secret)
            // The library draws its own randomness for encapsulation and takes none.
            tally.skip("encapsulation from a given seed")
        }
        tally.finish(atLeast: 6)
    }
}
