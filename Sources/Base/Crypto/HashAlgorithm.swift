// SPDX-License-Identifier: Apache-2.0

/// A hash function of the SHA-2 family, with its HMAC (RFC 2104) and HKDF (RFC 5869).
public enum HashAlgorithm: Hashable, Sendable {
    case sha256
    case sha384
    case sha512

    /// Bytes of output: `Nh`.
    public var outputLength: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}
