// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct PSKSecretVector: MLSVector {
    struct Key {
        var psk_id: HexBytes
        var psk: HexBytes
        var psk_nonce: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            psk_id = try entry.hex("psk_id")
            psk = try entry.hex("psk")
            psk_nonce = try entry.hex("psk_nonce")
        }
    }

    var cipher_suite: UInt16
    var psks: [Key]
    var psk_secret: HexBytes

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        psks = try entry.entries("psks", Key.init)
        psk_secret = try entry.hex("psk_secret")
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let keys = psks.map { key in
            (
                id: PreSharedKeyID(source: .external(identifier: key.psk_id.bytes), nonce: key.psk_nonce.bytes),
                key: Secret(key.psk.bytes)
            )
        }
        let secret = try KeySchedule(suite()).pskSecret(keys)
        check.expect(secret.copied, psk_secret.bytes, "psk_secret")
    }
}
