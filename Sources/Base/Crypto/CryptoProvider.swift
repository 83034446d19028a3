// SPDX-License-Identifier: Apache-2.0

/// The primitives that protocol code is written against: swift-crypto natively, BoringSSL through a shim in the browser.
///
/// A type, never a value: protocol code is generic over it, so that the same source specialises for both worlds
/// without existentials. Randomness is passed to whoever makes keys; signing is deterministic or draws its own nonce.
public protocol CryptoProvider: Sendable {
    static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8]

    static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret

    /// HKDF-Extract (RFC 5869 §2.2). An empty salt stands for a string of zeros.
    static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret

    /// HKDF-Expand (RFC 5869 §2.3). Refuses more than 255 times the hash length.
    static func expand(
        _ algorithm: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret

    /// Ciphertext followed by the tag.
    static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8]

    /// The opposite of ``seal(_:key:nonce:plaintext:additionalData:)``.
    static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8]

    /// AES in counter mode (NIST SP 800-38A) for SFrame's CTR suites: 16-byte key, 16-byte initial counter block.
    static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8]

    /// The public key of a private one.
    static func publicKey(_ algorithm: KeyAgreementAlgorithm, of privateKey: Secret) throws(CryptoRefusal) -> [UInt8]

    /// The raw Diffie-Hellman output: the x coordinate. Refuses an all-zero result (RFC 9180 §7.1.4).
    static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret

    /// True for a public key that the algorithm accepts: right length, and on the curve.
    static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool

    /// A fresh signature key.
    static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret

    static func publicKey(_ algorithm: SignatureAlgorithm, of privateKey: Secret) throws(CryptoRefusal) -> [UInt8]

    static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8]

    static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool
}
