// SPDX-License-Identifier: Apache-2.0

import Base
import CPrimitives

/// X25519 and Ed25519.
enum Curve25519 {
    static func agreementKey(of privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        guard privateKey.count == 32 else { throw .invalidKey }
        var out = [UInt8](repeating: 0, count: 32)
        privateKey.withBytes { vp_x25519_public(&out, PortableCrypto.pointer($0)) }
        return out
    }

    static func sharedSecret(_ privateKey: Secret, _ publicKey: [UInt8]) throws(CryptoRefusal) -> Secret {
        guard publicKey.count == 32 else { throw .invalidKey }
        guard privateKey.count == 32 else { throw .invalidSharedSecret }
        let shared = try PortableCrypto.secret(32) { (out: inout [UInt8]) throws(CryptoRefusal) in
            let status = privateKey.withBytes { vp_x25519(&out, PortableCrypto.pointer($0), publicKey) }
            guard status == 1 else { throw .invalidSharedSecret }
        }
        // RFC 9180 §7.1.4, RFC 7748 §6.1.
        guard !PortableCrypto.isZero(shared) else { throw .invalidSharedSecret }
        return shared
    }

    static func signatureKey(of privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        guard privateKey.count == 32 else { throw .invalidKey }
        var out = [UInt8](repeating: 0, count: 32)
        privateKey.withBytes { vp_ed25519_public(&out, PortableCrypto.pointer($0)) }
        return out
    }

    static func sign(_ message: [UInt8], with privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        guard privateKey.count == 32 else { throw .invalidKey }
        var out = [UInt8](repeating: 0, count: 64)
        let status = privateKey.withBytes {
            vp_ed25519_sign(&out, message, message.count, PortableCrypto.pointer($0))
        }
        guard status == 1 else { throw .libraryFailure }
        return out
    }

    static func verify(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard publicKey.count == 32, signature.count == 64 else { return false }
        return vp_ed25519_verify(message, message.count, signature, publicKey) == 1
    }
}
