// SPDX-License-Identifier: Apache-2.0

public import Base

extension PortableCrypto {
    public static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        let call = try AEADCall(algorithm, key: key, nonce: nonce, additionalData: additionalData)
        if algorithm == .chaCha20Poly1305 { return try ChaChaPoly.seal(plaintext, call) }
        return try AESGCM.seal(plaintext, call)
    }

    public static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        let call = try AEADCall(algorithm, key: key, nonce: nonce, additionalData: additionalData)
        if algorithm == .chaCha20Poly1305 { return try ChaChaPoly.open(ciphertext, call) }
        return try AESGCM.open(ciphertext, call)
    }

    public static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        try AESCounter.crypt(data, key: key, counter: counter)
    }
}
