// SPDX-License-Identifier: Apache-2.0

public import Base

extension PortableCrypto {
    public static func publicKey(
        _ algorithm: KeyAgreementAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        switch algorithm {
        case .x25519: try Curve25519.agreementKey(of: privateKey)
        case .p256: try P256.publicKey(of: privateKey)
        case .p384, .p521: throw .unsupported
        }
    }

    public static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret {
        switch algorithm {
        case .x25519: try Curve25519.sharedSecret(privateKey, publicKey)
        case .p256: try P256.sharedSecret(privateKey, publicKey)
        case .p384, .p521: throw publicKey.count == algorithm.publicKeyLength ? .unsupported : .invalidKey
        }
    }

    public static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        switch algorithm {
        case .x25519: publicKey.count == algorithm.publicKeyLength
        case .p256: P256.isValid(publicKey)
        case .p384, .p521: false
        }
    }
}
