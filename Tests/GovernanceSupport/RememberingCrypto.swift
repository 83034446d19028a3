// SPDX-License-Identifier: Apache-2.0

public import Base
import NativeCrypto
import Synchronization

/// The native primitives, which check no signature and no key twice: for tests that verify almost the same thing many thousand times.
public enum RememberingCrypto: CryptoProvider {
    private static let signatures = Mutex<[[[UInt8]]: Bool]>([:])
    private static let keys = Mutex<[[UInt8]: Bool]>([:])

    public static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        let question = [publicKey, signature, message]
        if let known = signatures.withLock({ $0[question] }) { return known }
        let answer = NativeCrypto.verify(algorithm, publicKey: publicKey, signature: signature, message)
        signatures.withLock { $0[question] = answer }
        return answer
    }

    public static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        if let known = keys.withLock({ $0[publicKey] }) { return known }
        let answer = NativeCrypto.isValidPublicKey(algorithm, publicKey)
        keys.withLock { $0[publicKey] = answer }
        return answer
    }

    public static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] {
        NativeCrypto.hash(algorithm, data)
    }

    public static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        NativeCrypto.hmac(algorithm, key: key, data)
    }

    public static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        NativeCrypto.extract(algorithm, salt: salt, inputKeyMaterial: inputKeyMaterial)
    }

    // Governance needs no more than this.

    public static func expand(
        _ algorithm: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret { throw .unsupported }

    public static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] { throw .unsupported }

    public static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] { throw .unsupported }

    public static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        throw .unsupported
    }

    public static func publicKey(_ algorithm: KeyAgreementAlgorithm, of privateKey: Secret) throws(CryptoRefusal)
        -> [UInt8]
    { throw .unsupported }

    public static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret { throw .unsupported }

    public static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret { throw .unsupported }

    public static func publicKey(_ algorithm: SignatureAlgorithm, of privateKey: Secret) throws(CryptoRefusal)
        -> [UInt8]
    { throw .unsupported }

    public static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] { throw .unsupported }
}
