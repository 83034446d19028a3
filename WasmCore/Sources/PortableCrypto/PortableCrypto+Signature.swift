// SPDX-License-Identifier: Apache-2.0

public import Base

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
        case .ed25519: try Curve25519.signatureKey(of: privateKey)
        case .ecdsaP256SHA256: try P256.publicKey(of: privateKey)
        case .ecdsaP384SHA384, .ecdsaP521SHA512: throw .unsupported
        }
    }

    public static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        switch algorithm {
        case .ed25519: try Curve25519.sign(message, with: privateKey)
        case .ecdsaP256SHA256: try P256.sign(message, with: privateKey)
        case .ecdsaP384SHA384, .ecdsaP521SHA512: throw .unsupported
        }
    }

    public static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        switch algorithm {
        case .ed25519: Curve25519.verify(signature, of: message, by: publicKey)
        case .ecdsaP256SHA256: P256.verify(signature, of: message, by: publicKey)
        case .ecdsaP384SHA384, .ecdsaP521SHA512: false
        }
    }
}
