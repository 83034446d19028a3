// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct PSKSecretVector: MLSVector {
    struct Key: Decodable {
        var psk_id: HexBytes
        var psk: HexBytes
        var psk_nonce: HexBytes
    }

    var cipher_suite: UInt16
    var psks: [Key]
    var psk_secret: HexBytes

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let keys = psks.map { key in
            (
                id: PreSharedKeyID(source: .external(identifier: key.psk_id.bytes), nonce: key.psk_nonce.bytes),
                key: Secret(key.psk.bytes)
            )
        }
        let secret = try KeySchedule(suite()).pskSecret(keys)
        try VectorFailure.expect(secret.copied, psk_secret.bytes, "psk_secret")
    }
}
