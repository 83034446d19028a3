// SPDX-License-Identifier: Apache-2.0

public import Base
import CPrimitives

extension PortableCrypto {
    public static func publicKey(
        _ algorithm: KeyAgreementAlgorithm,
        of privateKey: Secret
    ) throws(CryptoRefusal) -> [UInt8] {
        guard privateKey.count == algorithm.privateKeyLength else { throw .invalidKey }
        var out = [UInt8](repeating: 0, count: algorithm.publicKeyLength)
        switch algorithm {
        case .x25519:
            privateKey.withBytes { vp_x25519_public(&out, pointer($0)) }
        case .p256:
            let status = privateKey.withBytes { vp_p256_public(&out, pointer($0)) }
            guard status == 1 else { throw .invalidKey }
        case .p384, .p521:
            throw .unsupported
        }
        return out
    }

    public static func sharedSecret(
        _ algorithm: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret {
        guard publicKey.count == algorithm.publicKeyLength else { throw .invalidKey }
        guard algorithm == .x25519 || algorithm == .p256 else { throw .unsupported }
        guard privateKey.count == algorithm.privateKeyLength else { throw .invalidSharedSecret }
        let shared = try secret(32) { (out: inout [UInt8]) throws(CryptoRefusal) in
            let status = privateKey.withBytes { key in
                algorithm == .x25519
                    ? vp_x25519(&out, pointer(key), publicKey)
                    : vp_p256_ecdh(&out, pointer(key), publicKey)
            }
            guard status == 1 else { throw .invalidSharedSecret }
        }
        // RFC 9180 §7.1.4, RFC 7748 §6.1.
        guard !isZero(shared) else { throw .invalidSharedSecret }
        return shared
    }

    public static func isValidPublicKey(_ algorithm: KeyAgreementAlgorithm, _ publicKey: [UInt8]) -> Bool {
        guard publicKey.count == algorithm.publicKeyLength else { return false }
        return switch algorithm {
        case .x25519: true
        case .p256: vp_p256_is_valid(publicKey) == 1
        case .p384, .p521: false
        }
    }
}
