// SPDX-License-Identifier: Apache-2.0

public import Base
import Crypto
import Foundation

extension NativeCrypto {
    public static func generateSignatureKey(
        _ algorithm: SignatureAlgorithm,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> Secret {
        let length =
            switch algorithm {
            case .ed25519, .ecdsaP256SHA256: 32
            case .ecdsaP384SHA384: 48
            case .ecdsaP521SHA512: 66
            }
        // A random string that is no scalar of the curve is thrown away (FIPS 186-5 §A.2.2); for P-521 the top seven
        // bits are cleared first, or 127 of 128 would be.
        for _ in 0..<256 {
            var candidate = randomness.bytes(length)
            if algorithm == .ecdsaP521SHA512 { candidate[0] &= 1 }
            let key = Secret(candidate)
            if (try? publicKey(algorithm, of: key)) != nil { return key }
        }
        throw .libraryFailure
    }

    public static func publicKey(_ algorithm: SignatureAlgorithm, of privateKey: Secret) throws(CryptoRefusal)
        -> [UInt8]
    {
        let key = privateKey.withBytes { Data($0) }
        do {
            switch algorithm {
            case .ed25519:
                return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: key).publicKey.rawRepresentation)
            case .ecdsaP256SHA256:
                return Array(try P256.Signing.PrivateKey(rawRepresentation: key).publicKey.x963Representation)
            case .ecdsaP384SHA384:
                return Array(try P384.Signing.PrivateKey(rawRepresentation: key).publicKey.x963Representation)
            case .ecdsaP521SHA512:
                return Array(try P521.Signing.PrivateKey(rawRepresentation: key).publicKey.x963Representation)
            }
        } catch {
            throw .invalidKey
        }
    }

    public static func sign(
        _ algorithm: SignatureAlgorithm,
        privateKey: Secret,
        _ message: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        let key = privateKey.withBytes { Data($0) }
        do {
            switch algorithm {
            case .ed25519:
                return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: key).signature(for: message))
            case .ecdsaP256SHA256:
                return Array(
                    try P256.Signing.PrivateKey(rawRepresentation: key).signature(for: message).derRepresentation
                )
            case .ecdsaP384SHA384:
                return Array(
                    try P384.Signing.PrivateKey(rawRepresentation: key).signature(for: message).derRepresentation
                )
            case .ecdsaP521SHA512:
                return Array(
                    try P521.Signing.PrivateKey(rawRepresentation: key).signature(for: message).derRepresentation
                )
            }
        } catch {
            throw .invalidKey
        }
    }

    public static func verify(
        _ algorithm: SignatureAlgorithm,
        publicKey: [UInt8],
        signature: [UInt8],
        _ message: [UInt8]
    ) -> Bool {
        do {
            switch algorithm {
            case .ed25519:
                return try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
                    .isValidSignature(signature, for: message)
            case .ecdsaP256SHA256:
                return try P256.Signing.PublicKey(x963Representation: publicKey)
                    .isValidSignature(P256.Signing.ECDSASignature(derRepresentation: signature), for: message)
            case .ecdsaP384SHA384:
                return try P384.Signing.PublicKey(x963Representation: publicKey)
                    .isValidSignature(P384.Signing.ECDSASignature(derRepresentation: signature), for: message)
            case .ecdsaP521SHA512:
                return try P521.Signing.PublicKey(x963Representation: publicKey)
                    .isValidSignature(P521.Signing.ECDSASignature(derRepresentation: signature), for: message)
            }
        } catch {
            return false
        }
    }
}
