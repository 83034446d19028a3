// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import NativeCrypto
import SFrame
import TestSupport
import Testing

@Suite("SFrame, RFC 9605 vectors")
struct SFrameVectorTests {
    private struct File: Decodable {
        struct Header: Decodable {
            var kid: UInt64
            var ctr: UInt64
            var encoded: String
        }
        struct Counter: Decodable {
            var cipher_suite: UInt16
            var key: String
            var nonce: String
            var aad: String
            var pt: String
            var ct: String
        }
        struct Frame: Decodable {
            var cipher_suite: UInt16
            var kid: UInt64
            var ctr: UInt64
            var base_key: String
            var sframe_key: String
            var sframe_salt: String
            var metadata: String
            var nonce: String
            var aad: String
            var pt: String
            var ct: String
        }
        var header: [Header]
        var aes_ctr_hmac: [Counter]
        var aes_256_ctr_hmac: [Counter]
        var sframe: [Frame]
    }

    private static func file() throws -> File? {
        guard let data = Vectors.data("sframe/test-vectors.json") else { return nil }
        return try JSONDecoder().decode(File.self, from: data)
    }

    @Test("every header has one spelling, and is read back from it")
    func headers() throws {
        guard let headers = try Self.file()?.header else { return }
        for vector in headers {
            let header = SFrameHeader(keyID: vector.kid, counter: vector.ctr)
            #expect(header.encoded == Hex.bytes(vector.encoded))
            var reader = ByteReader(Hex.bytes(vector.encoded) + [0xAA])
            #expect(try SFrameHeader(reading: &reader) == header)
            #expect(reader.remaining == 1)
        }
        print("sframe/test-vectors.json header: \(headers.count) passed, 0 failed, 0 out of scope")
    }

    @Test("the composed cipher seals and opens as the vectors say")
    func composedCipher() throws {
        guard let file = try Self.file() else { return }
        for vector in file.aes_ctr_hmac {
            let suite = try #require(SFrameSuite(rawValue: vector.cipher_suite))
            let key = Secret(Hex.bytes(vector.key))
            let (nonce, aad) = (Hex.bytes(vector.nonce), Hex.bytes(vector.aad))
            let sealed = try SFrameCipher<NativeCrypto>.seal(
                suite,
                key: key,
                nonce: nonce,
                plaintext: Hex.bytes(vector.pt),
                additionalData: aad
            )
            #expect(sealed == Hex.bytes(vector.ct))
            let opened = try SFrameCipher<NativeCrypto>.open(
                suite,
                key: key,
                nonce: nonce,
                ciphertext: sealed,
                additionalData: aad
            )
            #expect(opened == Hex.bytes(vector.pt))
        }
        print(
            """
            sframe/test-vectors.json aes_ctr_hmac: \(file.aes_ctr_hmac.count) passed, 0 failed, 0 out of scope; \
            aes_256_ctr_hmac: 0 passed, 0 failed, \(file.aes_256_ctr_hmac.count) out of scope (suites of a draft)
            """
        )
    }

    @Test("key, salt, nonce, additional data and whole frames are those of the vectors")
    func frames() throws {
        guard let frames = try Self.file()?.sframe else { return }
        for vector in frames {
            let suite = try #require(SFrameSuite(rawValue: vector.cipher_suite))
            let key = try SFrameKey(
                deriving: suite,
                keyID: vector.kid,
                baseKey: Secret(Hex.bytes(vector.base_key)),
                with: NativeCrypto.self
            )
            #expect(key.key.withBytes { Array($0) } == Hex.bytes(vector.sframe_key))
            #expect(key.salt.withBytes { Array($0) } == Hex.bytes(vector.sframe_salt))
            let plan = SealingPlan(key: key, counter: vector.ctr, metadata: Hex.bytes(vector.metadata))
            #expect(plan.nonce == Hex.bytes(vector.nonce))
            #expect(plan.additionalData == Hex.bytes(vector.aad))
            let sealed = try plan.seal(Hex.bytes(vector.pt), with: NativeCrypto.self)
            #expect(sealed == Hex.bytes(vector.ct))
            let opened = try SFrameCipher<NativeCrypto>.open(
                suite,
                key: key.key,
                nonce: plan.nonce,
                ciphertext: Array(sealed.dropFirst(plan.header.count)),
                additionalData: plan.additionalData
            )
            #expect(opened == Hex.bytes(vector.pt))
        }
        print("sframe/test-vectors.json sframe: \(frames.count) passed, 0 failed, 0 out of scope")
    }
}
