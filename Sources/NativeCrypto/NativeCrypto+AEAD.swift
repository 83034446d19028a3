// SPDX-License-Identifier: Apache-2.0

public import Base
import Crypto
import CryptoExtras
import Foundation

extension NativeCrypto {
    public static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        try check(algorithm, key: key, nonce: nonce)
        do {
            switch algorithm {
            case .aes128GCM, .aes256GCM:
                let box = try AES.GCM.seal(
                    plaintext,
                    using: symmetricKey(key),
                    nonce: AES.GCM.Nonce(data: nonce),
                    authenticating: additionalData
                )
                return Array(box.ciphertext) + Array(box.tag)
            case .chaCha20Poly1305:
                let box = try ChaChaPoly.seal(
                    plaintext,
                    using: symmetricKey(key),
                    nonce: ChaChaPoly.Nonce(data: nonce),
                    authenticating: additionalData
                )
                return Array(box.ciphertext) + Array(box.tag)
            }
        } catch {
            throw .libraryFailure
        }
    }

    public static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        try check(algorithm, key: key, nonce: nonce)
        guard ciphertext.count >= algorithm.tagLength else { throw .authenticationFailed }
        let body = ciphertext.dropLast(algorithm.tagLength)
        let tag = ciphertext.suffix(algorithm.tagLength)
        do {
            switch algorithm {
            case .aes128GCM, .aes256GCM:
                let box = try AES.GCM.SealedBox(nonce: AES.GCM.Nonce(data: nonce), ciphertext: body, tag: tag)
                return Array(try AES.GCM.open(box, using: symmetricKey(key), authenticating: additionalData))
            case .chaCha20Poly1305:
                let box = try ChaChaPoly.SealedBox(nonce: ChaChaPoly.Nonce(data: nonce), ciphertext: body, tag: tag)
                return Array(try ChaChaPoly.open(box, using: symmetricKey(key), authenticating: additionalData))
            }
        } catch {
            throw .authenticationFailed
        }
    }

    public static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        guard key.count == 16, counter.count == 16 else { throw .invalidLength }
        do {
            let nonce = try AES._CTR.Nonce(nonceBytes: counter)
            return Array(try AES._CTR.encrypt(data, using: symmetricKey(key), nonce: nonce))
        } catch {
            throw .libraryFailure
        }
    }

    private static func check(_ algorithm: AEADAlgorithm, key: Secret, nonce: [UInt8]) throws(CryptoRefusal) {
        guard key.count == algorithm.keyLength else { throw .invalidKey }
        guard nonce.count == algorithm.nonceLength else { throw .invalidLength }
    }
}
