// SPDX-License-Identifier: Apache-2.0

import Base
import SFrame

/// The one format of `test-vectors.json` in sframe-wg/sframe. A file may lack any section.
struct SFrameVector {
    struct Header {
        var kid: UInt64
        var ctr: UInt64
        var encoded: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            kid = try entry.number("kid")
            ctr = try entry.number("ctr")
            encoded = try entry.hex("encoded")
        }
    }

    struct Cipher {
        var cipher_suite: UInt16
        var key: HexBytes
        var nonce: HexBytes
        var aad: HexBytes
        var pt: HexBytes
        var ct: HexBytes

        init(_ entry: VectorEntry, key name: String) throws(VectorFailure) {
            cipher_suite = try entry.number("cipher_suite")
            key = try entry.hex(name)
            nonce = try entry.hex("nonce")
            aad = try entry.hex("aad")
            pt = try entry.hex("pt")
            ct = try entry.hex("ct")
        }
    }

    struct Frame {
        var kid: UInt64
        var ctr: UInt64
        var base_key: HexBytes
        var sframe_salt: HexBytes
        var metadata: HexBytes
        /// The key in it is the derived one.
        var cipher: Cipher

        init(_ entry: VectorEntry) throws(VectorFailure) {
            kid = try entry.number("kid")
            ctr = try entry.number("ctr")
            base_key = try entry.hex("base_key")
            sframe_salt = try entry.hex("sframe_salt")
            metadata = try entry.hex("metadata")
            cipher = try Cipher(entry, key: "sframe_key")
        }
    }

    var header: [Header]
    var aes_ctr_hmac: [Cipher]
    var aes_256_ctr_hmac: [Cipher]
    var sframe: [Frame]

    init(_ entry: VectorEntry) throws(VectorFailure) {
        header = entry.has("header") ? try entry.entries("header", Header.init) : []
        aes_ctr_hmac = entry.has("aes_ctr_hmac") ? try entry.entries("aes_ctr_hmac", Cipher.init) : []
        aes_256_ctr_hmac = entry.has("aes_256_ctr_hmac") ? try entry.entries("aes_256_ctr_hmac", Cipher.init) : []
        sframe = entry.has("sframe") ? try entry.entries("sframe", Frame.init) : []
    }
}

extension SFrameVector.Header {
    func verify(_ check: VectorCheck) throws(SFrameRefusal) {
        let header = SFrameHeader(keyID: kid, counter: ctr)
        check.expect(header.encoded, encoded.bytes, "encoded")
        var reader = ByteReader(encoded.bytes)
        check.expect(try SFrameHeader(reading: &reader), header, "decoded")
        check.expect(reader.isAtEnd, "length")
    }
}

extension SFrameVector.Cipher {
    init(_ entry: VectorEntry) throws(VectorFailure) {
        try self.init(entry, key: "key")
    }

    func verify(_ suite: SFrameSuite, _ check: VectorCheck) throws(SFrameRefusal) {
        let key = Secret(key.bytes)
        let sealed = try SFrameCipher<Provider>.seal(
            suite,
            key: key,
            nonce: nonce.bytes,
            plaintext: pt.bytes,
            additionalData: aad.bytes
        )
        check.expect(sealed, ct.bytes, "ct")
        let opened = try SFrameCipher<Provider>.open(
            suite,
            key: key,
            nonce: nonce.bytes,
            ciphertext: ct.bytes,
            additionalData: aad.bytes
        )
        check.expect(opened, pt.bytes, "pt")
    }
}

extension SFrameVector.Frame {
    func verify(_ suite: SFrameSuite, _ check: VectorCheck) throws(SFrameRefusal) {
        let derived = try SFrameKey(deriving: suite, keyID: kid, baseKey: Secret(base_key.bytes), with: Provider.self)
        check.expect(derived.key.copied, cipher.key.bytes, "sframe_key")
        check.expect(derived.salt.copied, sframe_salt.bytes, "sframe_salt")
        let plan = SealingPlan(key: derived, counter: ctr, metadata: metadata.bytes)
        check.expect(plan.nonce, cipher.nonce.bytes, "nonce")
        check.expect(plan.additionalData, cipher.aad.bytes, "aad")
        let sealed = try plan.seal(cipher.pt.bytes, with: Provider.self)
        check.expect(sealed, cipher.ct.bytes, "ct")
        let opened = try SFrameCipher<Provider>.open(
            suite,
            key: derived.key,
            nonce: plan.nonce,
            ciphertext: Array(cipher.ct.bytes.dropFirst(plan.header.count)),
            additionalData: plan.additionalData
        )
        check.expect(opened, cipher.pt.bytes, "pt")
    }
}
