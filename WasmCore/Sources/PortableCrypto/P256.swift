// SPDX-License-Identifier: Apache-2.0

import Base
import CPrimitives

/// ECDH and ECDSA on P-256. Public keys are uncompressed points.
enum P256 {
    static func publicKey(of privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        guard privateKey.count == 32 else { throw .invalidKey }
        var out = [UInt8](repeating: 0, count: 65)
        let status = privateKey.withBytes { vp_p256_public(&out, PortableCrypto.pointer($0)) }
        guard status == 1 else { throw .invalidKey }
        return out
    }

    static func isValid(_ publicKey: [UInt8]) -> Bool {
        publicKey.count == 65 && vp_p256_is_valid(publicKey) == 1
    }

    static func sharedSecret(_ privateKey: Secret, _ publicKey: [UInt8]) throws(CryptoRefusal) -> Secret {
        guard publicKey.count == 65 else { throw .invalidKey }
        guard privateKey.count == 32 else { throw .invalidSharedSecret }
        let shared = try PortableCrypto.secret(32) { (out: inout [UInt8]) throws(CryptoRefusal) in
            let status = privateKey.withBytes { vp_p256_ecdh(&out, PortableCrypto.pointer($0), publicKey) }
            guard status == 1 else { throw .invalidSharedSecret }
        }
        guard !PortableCrypto.isZero(shared) else { throw .invalidSharedSecret }
        return shared
    }

    static func sign(_ message: [UInt8], with privateKey: Secret) throws(CryptoRefusal) -> [UInt8] {
        guard privateKey.count == 32 else { throw .invalidKey }
        var out = [UInt8](repeating: 0, count: 72)
        var length = 0
        let status = privateKey.withBytes {
            vp_p256_sign(&out, &length, message, message.count, PortableCrypto.pointer($0))
        }
        guard status == 1, length <= out.count else { throw .invalidKey }
        return Array(out.prefix(length))
    }

    static func verify(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard publicKey.count == 65 else { return false }
        return vp_p256_verify(signature, signature.count, message, message.count, publicKey) == 1
    }
}
