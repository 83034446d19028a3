// SPDX-License-Identifier: Apache-2.0

public import Base
import CPrimitives

extension PortableCrypto {
    public static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: algorithm.outputLength)
        _ = vp_hash(number(algorithm), &out, data, data.count)
        return out
    }

    public static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        secret(algorithm.outputLength) { out in
            key.withBytes { _ = vp_hmac(number(algorithm), &out, pointer($0), $0.count, data, data.count) }
        }
    }

    public static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        secret(algorithm.outputLength) { out in
            inputKeyMaterial.withBytes { input in
                salt.withBytes { salt in
                    _ = vp_hkdf_extract(
                        number(algorithm),
                        &out,
                        pointer(input),
                        input.count,
                        pointer(salt),
                        salt.count
                    )
                }
            }
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
        return try secret(length) { (out: inout [UInt8]) throws(CryptoRefusal) in
            let status = pseudorandomKey.withBytes {
                vp_hkdf_expand(number(algorithm), &out, length, pointer($0), $0.count, info, info.count)
            }
            guard status == 1 else { throw .libraryFailure }
        }
    }

    private static func number(_ algorithm: HashAlgorithm) -> Int32 {
        switch algorithm {
        case .sha256: 256
        case .sha384: 384
        case .sha512: 512
        }
    }
}
