// SPDX-License-Identifier: Apache-2.0

import Base

/// The provider, but with ECDSA that gives the same signature each time: ECDSA draws a random number for each
/// signature, so that no two runs over P-256 would agree in a byte. What stands in for it protects nothing.
enum SteadyCrypto<Real: CryptoProvider>: CryptoProvider {
    static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm != .ed25519 else { return try Real.sign(algorithm, privateKey: privateKey, message) }
        return standIn(try Real.publicKey(algorithm, of: privateKey), message)
    }

    static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        guard algorithm != .ed25519 else {
            return Real.verify(algorithm, publicKey: publicKey, signature: signature, message)
        }
        return signature == standIn(publicKey, message)
    }

    private static func standIn(_ publicKey: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Real.hmac(.sha256, key: Secret(publicKey), message).copied
    }

    // MARK: as the provider has it

    static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] { Real.hash(algorithm, data) }

    static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        Real.hmac(algorithm, key: key, data)
    }

    static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        Real.extract(algorithm, salt: salt, inputKeyMaterial: inputKeyMaterial)
    }

    static func expand(
        _ algorithm: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret {
        try Real.expand(algorithm, pseudorandomKey: pseudorandomKey, info: info, length: length)
    }

    static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        try Real.seal(algorithm, key: key, nonce: nonce, plaintext: plaintext, additionalData: additionalData)
    }

    static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        try Real.open(algorithm, key: key, nonce: nonce, ciphertext: ciphertext, additionalData: additionalData)
    }

    static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        try Real.aesCounter(key: key, counter: counter, data: data)
    }

    static func publicKey(_ algorithm: KeyAgreementAlgorithm, of privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        try Real.publicKey(algorithm, of: privateKey)
    }

    static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret {
        try Real.sharedSecret(algorithm, privateKey: privateKey, publicKey: publicKey)
    }

    static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        Real.isValidPublicKey(algorithm, publicKey)
    }

    static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret {
        try Real.generateSignatureKey(algorithm, using: &randomness)
    }

    static func publicKey(_ algorithm: SignatureAlgorithm, of privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        try Real.publicKey(algorithm, of: privateKey)
    }
}
