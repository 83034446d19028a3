// SPDX-License-Identifier: Apache-2.0

public import Base
import CPrimitives

extension PortableCrypto {
    public static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret {
        guard algorithm == .ed25519 || algorithm == .ecdsaP256SHA256 else { throw .unsupported }
        // As natively, to the draw: a random string that is no scalar is thrown away (FIPS 186-5 §A.2.2).
        for _ in 0..<256 {
            let key = Secret(randomness.bytes(32))
            if (try? publicKey(algorithm, of: key)) != nil { return key }
        }
        throw .libraryFailure
    }

    public static func publicKey(
        _ algorithm: SignatureAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        switch algorithm {
        case .ed25519:
            guard privateKey.count == 32 else { throw .invalidKey }
            var out = [UInt8](repeating: 0, count: 32)
            privateKey.withBytes { vp_ed25519_public(&out, pointer($0)) }
            return out
        case .ecdsaP256SHA256:
            return try publicKey(.p256, of: privateKey)
        case .ecdsaP384SHA384, .ecdsaP521SHA512:
            throw .unsupported
        }
    }

    public static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard algorithm == .ed25519 || algorithm == .ecdsaP256SHA256 else { throw .unsupported }
        guard privateKey.count == 32 else { throw .invalidKey }
        if algorithm == .ed25519 {
            var out = [UInt8](repeating: 0, count: 64)
            let status = privateKey.withBytes { vp_ed25519_sign(&out, message, message.count, pointer($0)) }
            guard status == 1 else { throw .libraryFailure }
            return out
        }
        var out = [UInt8](repeating: 0, count: 72)
        var length = 0
        let status = privateKey.withBytes { vp_p256_sign(&out, &length, message, message.count, pointer($0)) }
        guard status == 1, length <= out.count else { throw .invalidKey }
        return Array(out.prefix(length))
    }

    public static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        switch algorithm {
        case .ed25519:
            guard publicKey.count == 32, signature.count == 64 else { return false }
            return vp_ed25519_verify(message, message.count, signature, publicKey) == 1
        case .ecdsaP256SHA256:
            guard publicKey.count == 65 else { return false }
            return vp_p256_verify(signature, signature.count, message, message.count, publicKey) == 1
        case .ecdsaP384SHA384, .ecdsaP521SHA512:
            return false
        }
    }
}
