// SPDX-License-Identifier: Apache-2.0

package import Base

extension CryptoSuite {
    /// The key for the sender data of a message, from a sample of its ciphertext (RFC 9420 §6.3.2).
    package func senderDataKey(_ senderDataSecret: Secret, ciphertext: [UInt8]) throws(MLSRefusal) -> RatchetKey {
        let sample = Array(ciphertext.prefix(secretLength))
        return RatchetKey(
            key: try expandWithLabel(senderDataSecret, "key", context: sample, length: aead.keyLength),
            nonce: try expandWithLabel(senderDataSecret, "nonce", context: sample, length: aead.nonceLength)
        )
    }
}
