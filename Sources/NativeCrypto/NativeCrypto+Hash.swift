// SPDX-License-Identifier: Apache-2.0

public import Base
import Crypto
import Foundation

extension NativeCrypto {
    public static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] {
        switch algorithm {
        case .sha256: Array(SHA256.hash(data: data))
        case .sha384: Array(SHA384.hash(data: data))
        case .sha512: Array(SHA512.hash(data: data))
        }
    }

    public static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        switch algorithm {
        case .sha256: code(SHA256.self, key: key, data)
        case .sha384: code(SHA384.self, key: key, data)
        case .sha512: code(SHA512.self, key: key, data)
        }
    }

    public static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        switch algorithm {
        case .sha256: extract(SHA256.self, salt: salt, inputKeyMaterial: inputKeyMaterial)
        case .sha384: extract(SHA384.self, salt: salt, inputKeyMaterial: inputKeyMaterial)
        case .sha512: extract(SHA512.self, salt: salt, inputKeyMaterial: inputKeyMaterial)
        }
    }

    public static func expand(
        _ algorithm: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret {
        guard length >= 0, length <= 255 * algorithm.outputLength else { throw .invalidLength }
        guard length > 0 else { return Secret([]) }
        let key = symmetricKey(pseudorandomKey)
        let expanded =
            switch algorithm {
            case .sha256: HKDF<SHA256>.expand(pseudoRandomKey: key, info: info, outputByteCount: length)
            case .sha384: HKDF<SHA384>.expand(pseudoRandomKey: key, info: info, outputByteCount: length)
            case .sha512: HKDF<SHA512>.expand(pseudoRandomKey: key, info: info, outputByteCount: length)
            }
        return expanded.withUnsafeBytes { Secret($0) }
    }

    static func symmetricKey(_ secret: Secret) -> SymmetricKey {
        secret.withBytes { SymmetricKey(data: $0) }
    }

    private static func code<Hash: HashFunction>(_ hash: Hash.Type, key: Secret, _ data: [UInt8]) -> Secret {
        HMAC<Hash>.authenticationCode(for: data, using: symmetricKey(key)).withUnsafeBytes { Secret($0) }
    }

    private static func extract<Hash: HashFunction>(
        _ hash: Hash.Type,
        salt: Secret,
        inputKeyMaterial: Secret
    ) -> Secret {
        let salt = salt.withBytes { Data($0) }
        return HKDF<Hash>.extract(inputKeyMaterial: symmetricKey(inputKeyMaterial), salt: salt)
            .withUnsafeBytes { Secret($0) }
    }
}
