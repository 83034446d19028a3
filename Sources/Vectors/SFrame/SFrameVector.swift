// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import SFrame

/// The one format of `test-vectors.json` in sframe-wg/sframe. A file may lack any section.
struct SFrameVector: Decodable {
    struct Header: Decodable {
        var kid: UInt64
        var ctr: UInt64
        var encoded: HexBytes
    }
    struct Cipher: Decodable {
        var cipher_suite: UInt16
        var key: HexBytes
        var nonce: HexBytes
        var aad: HexBytes
        var pt: HexBytes
        var ct: HexBytes
    }
    struct Frame: Decodable {
        var cipher_suite: UInt16
        var kid: UInt64
        var ctr: UInt64
        var base_key: HexBytes
        var sframe_key: HexBytes
        var sframe_salt: HexBytes
        var metadata: HexBytes
        var nonce: HexBytes
        var aad: HexBytes
        var pt: HexBytes
        var ct: HexBytes
    }

    var header: [Header]?
    var aes_ctr_hmac: [Cipher]?
    var aes_256_ctr_hmac: [Cipher]?
    var sframe: [Frame]?
}

extension SFrameVector.Header {
    func verify() throws {
        let header = SFrameHeader(keyID: kid, counter: ctr)
        try VectorFailure.expect(header.encoded, encoded.bytes, "encoded")
        var reader = ByteReader(encoded.bytes)
        try VectorFailure.expect(try SFrameHeader(reading: &reader), header, "decoded")
        try VectorFailure.expect(reader.isAtEnd, "length")
    }
}

extension SFrameVector.Cipher {
    func verify(_ suite: SFrameSuite) throws {
        let key = Secret(key.bytes)
        let sealed = try SFrameCipher<NativeCrypto>.seal(
            suite,
            key: key,
            nonce: nonce.bytes,
            plaintext: pt.bytes,
            additionalData: aad.bytes
        )
        try VectorFailure.expect(sealed, ct.bytes, "ct")
        let opened = try SFrameCipher<NativeCrypto>.open(
            suite,
            key: key,
            nonce: nonce.bytes,
            ciphertext: ct.bytes,
            additionalData: aad.bytes
        )
        try VectorFailure.expect(opened, pt.bytes, "pt")
    }
}

extension SFrameVector.Frame {
    func verify(_ suite: SFrameSuite) throws {
        let derived = try SFrameKey(
            deriving: suite,
            keyID: kid,
            baseKey: Secret(base_key.bytes),
            with: NativeCrypto.self
        )
        try VectorFailure.expect(derived.key.copied, sframe_key.bytes, "sframe_key")
        try VectorFailure.expect(derived.salt.copied, sframe_salt.bytes, "sframe_salt")
        let plan = SealingPlan(key: derived, counter: ctr, metadata: metadata.bytes)
        try VectorFailure.expect(plan.nonce, nonce.bytes, "nonce")
        try VectorFailure.expect(plan.additionalData, aad.bytes, "aad")
        let sealed = try plan.seal(pt.bytes, with: NativeCrypto.self)
        try VectorFailure.expect(sealed, ct.bytes, "ct")
        let opened = try SFrameCipher<NativeCrypto>.open(
            suite,
            key: derived.key,
            nonce: plan.nonce,
            ciphertext: Array(ct.bytes.dropFirst(plan.header.count)),
            additionalData: plan.additionalData
        )
        try VectorFailure.expect(opened, pt.bytes, "pt")
    }
}
