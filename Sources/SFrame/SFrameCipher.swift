// SPDX-License-Identifier: Apache-2.0

public import Base

/// `AEAD.Encrypt` and `AEAD.Decrypt` of a suite: AES-GCM, or AES-CTR with HMAC (RFC 9605 §4.5.1).
public enum SFrameCipher<Crypto: CryptoProvider> {
    /// Ciphertext followed by the tag.
    public static func seal(
        _ suite: SFrameSuite,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(SFrameRefusal) -> [UInt8] {
        guard key.count == suite.keyLength, nonce.count == suite.nonceLength else { throw .invalidKey }
        do throws(CryptoRefusal) {
            if let aead = suite.aead {
                return try Crypto.seal(
                    aead,
                    key: key,
                    nonce: nonce,
                    plaintext: plaintext,
                    additionalData: additionalData
                )
            }
            let (encryption, authentication) = subkeys(suite, key)
            let body = try Crypto.aesCounter(key: encryption, counter: nonce + [0, 0, 0, 0], data: plaintext)
            let tag = tag(suite, authentication, nonce: nonce, additionalData: additionalData, body: body)
            return body + tag
        } catch {
            throw .primitiveFailed
        }
    }

    public static func open(
        _ suite: SFrameSuite,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(SFrameRefusal) -> [UInt8] {
        guard key.count == suite.keyLength, nonce.count == suite.nonceLength else { throw .invalidKey }
        guard ciphertext.count >= suite.tagLength else { throw .authenticationFailed }
        do throws(CryptoRefusal) {
            if let aead = suite.aead {
                return try Crypto.open(
                    aead,
                    key: key,
                    nonce: nonce,
                    ciphertext: ciphertext,
                    additionalData: additionalData
                )
            }
            let (encryption, authentication) = subkeys(suite, key)
            let body = Array(ciphertext.dropLast(suite.tagLength))
            let expected = tag(suite, authentication, nonce: nonce, additionalData: additionalData, body: body)
            guard Secret.equal(Secret(expected), Secret(ciphertext.suffix(suite.tagLength))) else {
                throw .authenticationFailed
            }
            return try Crypto.aesCounter(key: encryption, counter: nonce + [0, 0, 0, 0], data: body)
        } catch {
            throw error == .authenticationFailed ? .authenticationFailed : .primitiveFailed
        }
    }

    private static func subkeys(_ suite: SFrameSuite, _ key: Secret) -> (encryption: Secret, authentication: Secret) {
        key.withBytes { bytes in
            (Secret(bytes.prefix(suite.encryptionKeyLength)), Secret(bytes.dropFirst(suite.encryptionKeyLength)))
        }
    }

    /// `compute_tag`: the lengths come first, so that no byte can move between metadata and ciphertext.
    private static func tag(
        _ suite: SFrameSuite,
        _ key: Secret,
        nonce: [UInt8],
        additionalData: [UInt8],
        body: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter(reserving: 36 + additionalData.count + body.count)
        writer.write(UInt64(additionalData.count))
        writer.write(UInt64(body.count))
        writer.write(UInt64(suite.tagLength))
        writer.write(nonce)
        writer.write(additionalData)
        writer.write(body)
        return Crypto.hmac(suite.hash, key: key, writer.bytes).withBytes { Array($0.prefix(suite.tagLength)) }
    }
}
