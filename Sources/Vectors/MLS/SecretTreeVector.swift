// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import NativeCrypto

struct SecretTreeVector: MLSVector {
    struct SenderDataKeys: Decodable {
        var sender_data_secret: HexBytes
        var ciphertext: HexBytes
        var key: HexBytes
        var nonce: HexBytes
    }
    struct Generation: Decodable {
        var generation: UInt32
        var handshake_key: HexBytes
        var handshake_nonce: HexBytes
        var application_key: HexBytes
        var application_nonce: HexBytes
    }

    var cipher_suite: UInt16
    var sender_data: SenderDataKeys
    var encryption_secret: HexBytes
    var leaves: [[Generation]]

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        let key = try suite.senderDataKey(
            Secret(sender_data.sender_data_secret.bytes),
            ciphertext: sender_data.ciphertext.bytes
        )
        try VectorFailure.expect(key.key.copied, sender_data.key.bytes, "sender data key")
        try VectorFailure.expect(key.nonce.copied, sender_data.nonce.bytes, "sender data nonce")
        guard let width = LeafCount(atLeast: UInt32(leaves.count)) else { throw VectorFailure("too wide") }
        var tree = SecretTree(suite, width: width, encryptionSecret: Secret(encryption_secret.bytes))
        for (index, generations) in leaves.enumerated() {
            let leaf = LeafIndex(UInt32(index))
            for generation in generations {
                try expect(
                    &tree,
                    .handshake,
                    leaf,
                    generation.generation,
                    generation.handshake_key,
                    generation.handshake_nonce
                )
                try expect(
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
        _ tree: inout SecretTree<NativeCrypto>,
        _ kind: RatchetKind,
        _ leaf: LeafIndex,
        _ generation: UInt32,
        _ key: HexBytes,
        _ nonce: HexBytes
    ) throws {
        let found = try tree.open(kind, of: leaf, generation: generation) { $0.key.copied + $0.nonce.copied }
        try VectorFailure.expect(found, key.bytes + nonce.bytes, "\(kind) of leaf \(leaf.value) at \(generation)")
    }
}
