// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct CryptoBasicsVector: MLSVector {
    struct RefHash {
        var label: String
        var value: HexBytes
        var out: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            label = try entry.text("label")
            value = try entry.hex("value")
            out = try entry.hex("out")
        }
    }
    struct ExpandWithLabel {
        var secret: HexBytes
        var label: String
        var context: HexBytes
        var length: Int
        var out: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            secret = try entry.hex("secret")
            label = try entry.text("label")
            context = try entry.hex("context")
            length = try entry.number("length")
            out = try entry.hex("out")
        }
    }
    struct DeriveSecret {
        var secret: HexBytes
        var label: String
        var out: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            secret = try entry.hex("secret")
            label = try entry.text("label")
            out = try entry.hex("out")
        }
    }
    struct DeriveTreeSecret {
        var secret: HexBytes
        var label: String
        var generation: UInt32
        var length: Int
        var out: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            secret = try entry.hex("secret")
            label = try entry.text("label")
            generation = try entry.number("generation")
            length = try entry.number("length")
            out = try entry.hex("out")
        }
    }
    struct SignWithLabel {
        var priv: HexBytes
        var pub: HexBytes
        var content: HexBytes
        var label: String
        var signature: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            priv = try entry.hex("priv")
            pub = try entry.hex("pub")
            content = try entry.hex("content")
            label = try entry.text("label")
            signature = try entry.hex("signature")
        }
    }
    struct EncryptWithLabel {
        var priv: HexBytes
        var pub: HexBytes
        var label: String
        var context: HexBytes
        var plaintext: HexBytes
        var kem_output: HexBytes
        var ciphertext: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            priv = try entry.hex("priv")
            pub = try entry.hex("pub")
            label = try entry.text("label")
            context = try entry.hex("context")
            plaintext = try entry.hex("plaintext")
            kem_output = try entry.hex("kem_output")
            ciphertext = try entry.hex("ciphertext")
        }
    }

    var cipher_suite: UInt16
    var ref_hash: RefHash
    var expand_with_label: ExpandWithLabel
    var derive_secret: DeriveSecret
    var derive_tree_secret: DeriveTreeSecret
    var sign_with_label: SignWithLabel
    var encrypt_with_label: EncryptWithLabel

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        ref_hash = try RefHash(try entry.entry("ref_hash"))
        expand_with_label = try ExpandWithLabel(try entry.entry("expand_with_label"))
        derive_secret = try DeriveSecret(try entry.entry("derive_secret"))
        derive_tree_secret = try DeriveTreeSecret(try entry.entry("derive_tree_secret"))
        sign_with_label = try SignWithLabel(try entry.entry("sign_with_label"))
        encrypt_with_label = try EncryptWithLabel(try entry.entry("encrypt_with_label"))
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        check.expect(suite.refHash(Label(ref_hash.label), ref_hash.value.bytes), ref_hash.out.bytes, "ref_hash")
        let expanded = try suite.expandWithLabel(
            Secret(expand_with_label.secret.bytes),
            Label(expand_with_label.label),
            context: expand_with_label.context.bytes,
            length: expand_with_label.length
        )
        check.expect(expanded.copied, expand_with_label.out.bytes, "expand_with_label")
        let derived = try suite.deriveSecret(Secret(derive_secret.secret.bytes), Label(derive_secret.label))
        check.expect(derived.copied, derive_secret.out.bytes, "derive_secret")
        let tree = try suite.deriveTreeSecret(
            Secret(derive_tree_secret.secret.bytes),
            Label(derive_tree_secret.label),
            generation: derive_tree_secret.generation,
            length: derive_tree_secret.length
        )
        check.expect(tree.copied, derive_tree_secret.out.bytes, "derive_tree_secret")
        try verifySignature(suite, check)
        try verifyEncryption(suite, check)
    }

    private func verifySignature(_ suite: Suite, _ check: VectorCheck) throws(MLSRefusal) {
        let vector = sign_with_label
        let ours = try suite.signWithLabel(
            privateKey: suite.signatureKey(vector.priv),
            .other(Label(vector.label)),
            vector.content.bytes
        )
        for signature in [vector.signature.bytes, ours] {
            let isValid = suite.verifyWithLabel(
                publicKey: vector.pub.bytes,
                .other(Label(vector.label)),
                vector.content.bytes,
                signature: signature
            )
            check.expect(isValid, "sign_with_label")
        }
    }

    private func verifyEncryption(_ suite: Suite, _ check: VectorCheck) throws(MLSRefusal) {
        let vector = encrypt_with_label
        let pair = HPKEKeyPair(privateKey: suite.encryptionKey(vector.priv), publicKey: vector.pub.bytes)
        var randomness = SystemRandomness()
        let ours = try suite.encryptWithLabel(
            to: vector.pub.bytes,
            .other(Label(vector.label)),
            context: vector.context.bytes,
            plaintext: vector.plaintext.bytes,
            using: &randomness
        )
        let theirs = HPKECiphertext(kemOutput: vector.kem_output.bytes, ciphertext: vector.ciphertext.bytes)
        for ciphertext in [theirs, ours] {
            let opened = try suite.decryptWithLabel(
                pair,
                .other(Label(vector.label)),
                context: vector.context.bytes,
                ciphertext
            )
            check.expect(opened, vector.plaintext.bytes, "encrypt_with_label")
        }
    }
}
