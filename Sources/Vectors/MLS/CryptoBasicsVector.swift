// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct CryptoBasicsVector: MLSVector {
    struct RefHash: Decodable {
        var label: String
        var value: HexBytes
        var out: HexBytes
    }
    struct ExpandWithLabel: Decodable {
        var secret: HexBytes
        var label: String
        var context: HexBytes
        var length: Int
        var out: HexBytes
    }
    struct DeriveSecret: Decodable {
        var secret: HexBytes
        var label: String
        var out: HexBytes
    }
    struct DeriveTreeSecret: Decodable {
        var secret: HexBytes
        var label: String
        var generation: UInt32
        var length: Int
        var out: HexBytes
    }
    struct SignWithLabel: Decodable {
        var priv: HexBytes
        var pub: HexBytes
        var content: HexBytes
        var label: String
        var signature: HexBytes
    }
    struct EncryptWithLabel: Decodable {
        var priv: HexBytes
        var pub: HexBytes
        var label: String
        var context: HexBytes
        var plaintext: HexBytes
        var kem_output: HexBytes
        var ciphertext: HexBytes
    }

    var cipher_suite: UInt16
    var ref_hash: RefHash
    var expand_with_label: ExpandWithLabel
    var derive_secret: DeriveSecret
    var derive_tree_secret: DeriveTreeSecret
    var sign_with_label: SignWithLabel
    var encrypt_with_label: EncryptWithLabel

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        try VectorFailure.expect(suite.refHash(ref_hash.label, ref_hash.value.bytes), ref_hash.out.bytes, "ref_hash")
        let expanded = try suite.expandWithLabel(
            Secret(expand_with_label.secret.bytes),
            expand_with_label.label,
            context: expand_with_label.context.bytes,
            length: expand_with_label.length
        )
        try VectorFailure.expect(expanded.copied, expand_with_label.out.bytes, "expand_with_label")
        let derived = try suite.deriveSecret(Secret(derive_secret.secret.bytes), derive_secret.label)
        try VectorFailure.expect(derived.copied, derive_secret.out.bytes, "derive_secret")
        let tree = try suite.deriveTreeSecret(
            Secret(derive_tree_secret.secret.bytes),
            derive_tree_secret.label,
            generation: derive_tree_secret.generation,
            length: derive_tree_secret.length
        )
        try VectorFailure.expect(tree.copied, derive_tree_secret.out.bytes, "derive_tree_secret")
        try verifySignature(suite)
        try verifyEncryption(suite)
    }

    private func verifySignature(_ suite: Suite) throws {
        let vector = sign_with_label
        let ours = try suite.signWithLabel(
            privateKey: suite.signatureKey(vector.priv),
            .other(vector.label),
            vector.content.bytes
        )
        for signature in [vector.signature.bytes, ours] {
            let isValid = suite.verifyWithLabel(
                publicKey: vector.pub.bytes,
                .other(vector.label),
                vector.content.bytes,
                signature: signature
            )
            try VectorFailure.expect(isValid, "sign_with_label")
        }
    }

    private func verifyEncryption(_ suite: Suite) throws {
        let vector = encrypt_with_label
        let pair = HPKEKeyPair(privateKey: suite.encryptionKey(vector.priv), publicKey: vector.pub.bytes)
        var randomness = SystemRandomness()
        let ours = try suite.encryptWithLabel(
            to: vector.pub.bytes,
            .other(vector.label),
            context: vector.context.bytes,
            plaintext: vector.plaintext.bytes,
            using: &randomness
        )
        let theirs = HPKECiphertext(kemOutput: vector.kem_output.bytes, ciphertext: vector.ciphertext.bytes)
        for ciphertext in [theirs, ours] {
            let opened = try suite.decryptWithLabel(
                pair,
                .other(vector.label),
                context: vector.context.bytes,
                ciphertext
            )
            try VectorFailure.expect(opened, vector.plaintext.bytes, "encrypt_with_label")
        }
    }
}
