// SPDX-License-Identifier: Apache-2.0

public import Base
import CPrimitives

extension PortableCrypto {
    public static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        try check(algorithm, key: key, nonce: nonce)
        var out = [UInt8](repeating: 0, count: plaintext.count + algorithm.tagLength)
        let status = key.withBytes {
            vp_aead_seal(
                number(algorithm),
                &out,
                out.count,
                pointer($0),
                $0.count,
                nonce,
                plaintext,
                plaintext.count,
                additionalData,
                additionalData.count
            )
        }
        guard status == 1 else { throw .libraryFailure }
        return out
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
        var out = [UInt8](repeating: 0, count: ciphertext.count - algorithm.tagLength)
        let status = key.withBytes {
            vp_aead_open(
                number(algorithm),
                &out,
                out.count,
                pointer($0),
                $0.count,
                nonce,
                ciphertext,
                ciphertext.count,
                additionalData,
                additionalData.count
            )
        }
        guard status == 1 else { throw .authenticationFailed }
        return out
    }

    public static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        guard key.count == 16, counter.count == 16 else { throw .invalidLength }
        var out = [UInt8](repeating: 0, count: data.count)
        let status = key.withBytes { vp_aes128_ctr(&out, data, data.count, pointer($0), counter) }
        guard status == 1 else { throw .libraryFailure }
        return out
    }

    private static func check(_ algorithm: AEADAlgorithm, key: Secret, nonce: [UInt8]) throws(CryptoRefusal) {
        guard key.count == algorithm.keyLength else { throw .invalidKey }
        guard nonce.count == algorithm.nonceLength else { throw .invalidLength }
    }

    private static func number(_ algorithm: AEADAlgorithm) -> Int32 {
        switch algorithm {
        case .aes128GCM: 1
        case .aes256GCM: 2
        case .chaCha20Poly1305: 3
        }
    }
}
