// SPDX-License-Identifier: Apache-2.0

public import Base
import Crypto
import Foundation

extension NativeCrypto {
    public static func publicKey(
        _ algorithm: KeyAgreementAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        let key = privateKey.withBytes { Data($0) }
        do {
            switch algorithm {
            case .x25519:
                return Array(
                    try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.rawRepresentation
                )
            case .p256:
                return Array(try P256.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation)
            case .p384:
                return Array(try P384.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation)
            case .p521:
                return Array(try P521.KeyAgreement.PrivateKey(rawRepresentation: key).publicKey.x963Representation)
            }
        } catch {
            throw .invalidKey
        }
    }

    public static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret {
        guard publicKey.count == algorithm.publicKeyLength else { throw .invalidKey }
        let key = privateKey.withBytes { Data($0) }
        let shared: SharedSecret
        do {
            switch algorithm {
            case .x25519:
                let peer = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey)
                shared = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key)
                    .sharedSecretFromKeyAgreement(with: peer)
            case .p256:
                let peer = try P256.KeyAgreement.PublicKey(x963Representation: publicKey)
                shared = try P256.KeyAgreement.PrivateKey(rawRepresentation: key)
                    .sharedSecretFromKeyAgreement(with: peer)
            case .p384:
                let peer = try P384.KeyAgreement.PublicKey(x963Representation: publicKey)
                shared = try P384.KeyAgreement.PrivateKey(rawRepresentation: key)
                    .sharedSecretFromKeyAgreement(with: peer)
            case .p521:
                let peer = try P521.KeyAgreement.PublicKey(x963Representation: publicKey)
                shared = try P521.KeyAgreement.PrivateKey(rawRepresentation: key)
                    .sharedSecretFromKeyAgreement(with: peer)
            }
        } catch {
            throw .invalidSharedSecret
        }
        let secret = shared.withUnsafeBytes { Secret($0) }
        // RFC 9180 §7.1.4, RFC 7748 §6.1: an all-zero output means a point of small order.
        guard !Secret.equal(secret, Secret([UInt8](repeating: 0, count: secret.count))) else {
            throw .invalidSharedSecret
        }
        return secret
    }

    public static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        guard publicKey.count == algorithm.publicKeyLength else { return false }
        return switch algorithm {
        case .x25519: (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey)) != nil
        case .p256: (try? P256.KeyAgreement.PublicKey(x963Representation: publicKey)) != nil
        case .p384: (try? P384.KeyAgreement.PublicKey(x963Representation: publicKey)) != nil
        case .p521: (try? P521.KeyAgreement.PublicKey(x963Representation: publicKey)) != nil
        }
    }
}
