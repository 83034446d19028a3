// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import SFrame

/// The bare primitives.
enum CryptoOperations {
    static func hash(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try hashAlgorithm(&fields)
        let data = try fields.bytes()
        try fields.end()
        return PortableCrypto.hash(algorithm, data)
    }

    static func hmac(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try hashAlgorithm(&fields)
        let key = try fields.secret()
        let data = try fields.bytes()
        try fields.end()
        return array(PortableCrypto.hmac(algorithm, key: key, data))
    }

    static func extract(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try hashAlgorithm(&fields)
        let salt = try fields.secret()
        let input = try fields.secret()
        try fields.end()
        return array(PortableCrypto.extract(algorithm, salt: salt, inputKeyMaterial: input))
    }

    static func expand(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try hashAlgorithm(&fields)
        let key = try fields.secret()
        let info = try fields.bytes()
        let length = try fields.word32()
        try fields.end()
        return array(
            try crypto { () throws(CryptoRefusal) in
                guard let length = Int(exactly: length) else { throw .invalidLength }
                return try PortableCrypto.expand(algorithm, pseudorandomKey: key, info: info, length: length)
            }
        )
    }

    static func aeadSeal(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try aeadAlgorithm(&fields)
        let call = try fields.sealing()
        return try crypto { () throws(CryptoRefusal) in
            try PortableCrypto.seal(
                algorithm,
                key: call.key,
                nonce: call.nonce,
                plaintext: call.data,
                additionalData: call.additional
            )
        }
    }

    static func aeadOpen(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try aeadAlgorithm(&fields)
        let call = try fields.sealing()
        return try crypto { () throws(CryptoRefusal) in
            try PortableCrypto.open(
                algorithm,
                key: call.key,
                nonce: call.nonce,
                ciphertext: call.data,
                additionalData: call.additional
            )
        }
    }

    static func agreementPublicKey(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try agreementAlgorithm(&fields)
        let key = try fields.secret()
        try fields.end()
        return try crypto { () throws(CryptoRefusal) in try PortableCrypto.publicKey(algorithm, of: key) }
    }

    static func agreementSecret(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try agreementAlgorithm(&fields)
        let key = try fields.secret()
        let peer = try fields.bytes()
        try fields.end()
        return array(
            try crypto { () throws(CryptoRefusal) in
                try PortableCrypto.sharedSecret(algorithm, privateKey: key, publicKey: peer)
            }
        )
    }

    static func signaturePublicKey(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try signatureAlgorithm(&fields)
        let key = try fields.secret()
        try fields.end()
        return try crypto { () throws(CryptoRefusal) in try PortableCrypto.publicKey(algorithm, of: key) }
    }

    static func sign(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try signatureAlgorithm(&fields)
        let key = try fields.secret()
        let message = try fields.bytes()
        try fields.end()
        return try crypto { () throws(CryptoRefusal) in
            try PortableCrypto.sign(algorithm, privateKey: key, message)
        }
    }

    static func verify(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let algorithm = try signatureAlgorithm(&fields)
        let key = try fields.bytes()
        let signature = try fields.bytes()
        let message = try fields.bytes()
        try fields.end()
        return [PortableCrypto.verify(algorithm, publicKey: key, signature: signature, message) ? 1 : 0]
    }

    // MARK: Numbers of algorithms, as HPKE's registries have them where they do

    static func hashAlgorithm(_ fields: inout Fields) throws(CoreRefusal) -> HashAlgorithm {
        switch try fields.word16() {
        case 1: return .sha256
        case 2: return .sha384
        case 3: return .sha512
        default: throw .malformedCall
        }
    }

    static func aeadAlgorithm(_ fields: inout Fields) throws(CoreRefusal) -> AEADAlgorithm {
        switch try fields.word16() {
        case 1: return .aes128GCM
        case 2: return .aes256GCM
        case 3: return .chaCha20Poly1305
        default: throw .malformedCall
        }
    }

    static func agreementAlgorithm(_ fields: inout Fields) throws(CoreRefusal) -> KeyAgreementAlgorithm {
        guard let kem = HPKEKEM(identifier: try fields.word16()) else { throw .malformedCall }
        return kem.group
    }

    /// TLS SignatureScheme numbers.
    private static func signatureAlgorithm(_ fields: inout Fields) throws(CoreRefusal) -> SignatureAlgorithm {
        switch try fields.word16() {
        case 0x0807: return .ed25519
        case 0x0403: return .ecdsaP256SHA256
        default: throw .malformedCall
        }
    }

    static func array(_ secret: Secret) -> [UInt8] { secret.withBytes { Array($0) } }
}
