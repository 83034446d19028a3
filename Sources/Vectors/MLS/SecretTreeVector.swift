// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct SecretTreeVector: MLSVector {
    struct SenderDataKeys {
        var sender_data_secret: HexBytes
        var ciphertext: HexBytes
        var key: HexBytes
        var nonce: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            sender_data_secret = try entry.hex("sender_data_secret")
            ciphertext = try entry.hex("ciphertext")
            key = try entry.hex("key")
            nonce = try entry.hex("nonce")
        }
    }
    struct Generation {
        var generation: UInt32
        var handshake_key: HexBytes
        var handshake_nonce: HexBytes
        var application_key: HexBytes
        var application_nonce: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            generation = try entry.number("generation")
            handshake_key = try entry.hex("handshake_key")
            handshake_nonce = try entry.hex("handshake_nonce")
            application_key = try entry.hex("application_key")
            application_nonce = try entry.hex("application_nonce")
        }
    }

    var cipher_suite: UInt16
    var sender_data: SenderDataKeys
    var encryption_secret: HexBytes
    var leaves: [[Generation]]

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        sender_data = try SenderDataKeys(try entry.entry("sender_data"))
        encryption_secret = try entry.hex("encryption_secret")
        leaves = try entry.list("leaves") { (value, name) throws(VectorFailure) in
            try VectorEntry.entries(value, name, Generation.init)
        }
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        let key = try suite.senderDataKey(
            Secret(sender_data.sender_data_secret.bytes),
            ciphertext: sender_data.ciphertext.bytes
        )
        check.expect(key.key.copied, sender_data.key.bytes, "sender data key")
        check.expect(key.nonce.copied, sender_data.nonce.bytes, "sender data nonce")
        guard let width = LeafCount(atLeast: UInt32(leaves.count)) else { return check.fail("too wide") }
        var tree = SecretTree(suite, width: width, encryptionSecret: Secret(encryption_secret.bytes))
        for (index, generations) in leaves.enumerated() {
            let leaf = LeafIndex(UInt32(index))
            for generation in generations {
                try expect(
                    check,
                    &tree,
                    .handshake,
                    leaf,
                    generation.generation,
                    generation.handshake_key,
                    generation.handshake_nonce
                )
                try expect(
                    check,
                    &tree,
                    .application,
                    leaf,
                    generation.generation,
                    generation.application_key,
                    generation.application_nonce
                )
            }
        }
    }

    private func expect(
        _ check: VectorCheck,
        _ tree: inout SecretTree<Provider>,
        _ kind: RatchetKind,
        _ leaf: LeafIndex,
        _ generation: UInt32,
        _ key: HexBytes,
        _ nonce: HexBytes
    ) throws(MLSRefusal) {
        let found = try tree.open(kind, of: leaf, generation: generation) { $0.key.copied + $0.nonce.copied }
        check.expect(
            found,
            key.bytes + nonce.bytes,
            "\(kind == .handshake ? "handshake" : "application") of leaf \(leaf.value) at \(generation)"
        )
    }
}
