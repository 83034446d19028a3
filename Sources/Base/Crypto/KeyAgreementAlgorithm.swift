// SPDX-License-Identifier: Apache-2.0

/// A Diffie-Hellman group. Public keys are serialised as in RFC 9180 §7.1.1: 32 bytes, or an uncompressed point.
public enum KeyAgreementAlgorithm: Hashable, Sendable {
    case x25519
    case p256
    case p384
    case p521

    /// Bytes of a private key: `Nsk`.
    public var privateKeyLength: Int {
        switch self {
        case .x25519, .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// Bytes of a public key: `Npk`.
    public var publicKeyLength: Int {
        switch self {
        case .x25519: 32
        case .p256: 65
        case .p384: 97
        case .p521: 133
        }
    }
}
