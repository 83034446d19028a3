// SPDX-License-Identifier: Apache-2.0

public import Base

/// Of ``PortableCrypto`` what meetings use: MLS's suite 0x0001 and all of SFrame's. A module that goes by it alone holds
/// nothing of P-256 and ChaCha20, a tenth of its size.
public enum MeetingCrypto: CryptoProvider {
    public static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] {
        PortableCrypto.hash(algorithm, data)
    }

    public static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        PortableCrypto.hmac(algorithm, key: key, data)
    }

    public static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        PortableCrypto.extract(algorithm, salt: salt, inputKeyMaterial: inputKeyMaterial)
    }

    public static func expand(
        _ algorithm: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret {
        try PortableCrypto.expand(algorithm, pseudorandomKey: pseudorandomKey, info: info, length: length)
    }

    public static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm != .chaCha20Poly1305 else { throw .unsupported }
        return try AESGCM.seal(
            plaintext,
            AEADCall(algorithm, key: key, nonce: nonce, additionalData: additionalData)
        )
    }

    public static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm != .chaCha20Poly1305 else { throw .unsupported }
        return try AESGCM.open(
            ciphertext,
            AEADCall(algorithm, key: key, nonce: nonce, additionalData: additionalData)
        )
    }

    public static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        try AESCounter.crypt(data, key: key, counter: counter)
    }

    public static func publicKey(
        _ algorithm: KeyAgreementAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm == .x25519 else { throw .unsupported }
        return try Curve25519.agreementKey(of: privateKey)
    }

    public static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret {
        guard algorithm == .x25519 else { throw .unsupported }
        return try Curve25519.sharedSecret(privateKey, publicKey)
    }

    public static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        algorithm == .x25519 && publicKey.count == algorithm.publicKeyLength
    }

    public static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret {
        guard algorithm == .ed25519 else { throw .unsupported }
        return Secret(randomness.bytes(32))
    }

    public static func publicKey(
        _ algorithm: SignatureAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm == .ed25519 else { throw .unsupported }
        return try Curve25519.signatureKey(of: privateKey)
    }

    public static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm == .ed25519 else { throw .unsupported }
        return try Curve25519.sign(message, with: privateKey)
    }

    public static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        algorithm == .ed25519 && Curve25519.verify(signature, of: message, by: publicKey)
    }
}
