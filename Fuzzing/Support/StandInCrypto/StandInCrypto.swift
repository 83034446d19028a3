// SPDX-License-Identifier: Apache-2.0

public import Base

/// Primitives without strength, so that a fuzzer gets past them: every signature and tag is right, sealing only appends
/// sixteen bytes, and hashes are cheap. What lies behind the cryptography is then reached by changed bytes.
public enum StandInCrypto: CryptoProvider {
    public static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in data { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return spread(state, algorithm.outputLength)
    }

    private static func spread(_ seed: UInt64, _ length: Int) -> [UInt8] {
        var state = seed
        var bytes: [UInt8] = []
        while bytes.count < length {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes.append(UInt8(truncatingIfNeeded: state >> 56))
        }
        return bytes
    }

    /// The same for every message: a changed message has the right tag.
    public static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        .zeros(algorithm.outputLength)
    }

    public static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        Secret(hash(algorithm, copy(salt) + copy(inputKeyMaterial)))
    }

    public static func expand(
        _ algorithm: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret {
        guard length >= 0, length <= 255 * algorithm.outputLength else { throw .invalidLength }
        let digest = hash(algorithm, copy(pseudorandomKey) + info)
        var seed: UInt64 = 0
        for byte in digest.prefix(8) { seed = seed << 8 | UInt64(byte) }
        return Secret(spread(seed, length))
    }

    public static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        plaintext + [UInt8](repeating: 0, count: algorithm.tagLength)
    }

    public static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard ciphertext.count >= algorithm.tagLength else { throw .authenticationFailed }
        return Array(ciphertext.dropLast(algorithm.tagLength))
    }

    public static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        data
    }

    public static func publicKey(
        _ algorithm: KeyAgreementAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        Array(hash(.sha256, copy(privateKey)).prefix(algorithm.publicKeyLength))
    }

    public static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret {
        guard publicKey.count == algorithm.publicKeyLength else { throw .invalidKey }
        return .zeros(32)
    }

    public static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        publicKey.count == algorithm.publicKeyLength
    }

    public static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret {
        Secret(randomness.bytes(32))
    }

    public static func publicKey(_ algorithm: SignatureAlgorithm, of privateKey: Secret) throws(CryptoRefusal)
        -> [UInt8]
    {
        hash(.sha256, copy(privateKey))
    }

    public static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        [1]
    }

    public static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        true
    }

    private static func copy(_ secret: Secret) -> [UInt8] { secret.withBytes { Array($0) } }
}
