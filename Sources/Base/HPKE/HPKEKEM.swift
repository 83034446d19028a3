// SPDX-License-Identifier: Apache-2.0

/// A key encapsulation mechanism of HPKE (RFC 9180 §7.1).
public enum HPKEKEM: Hashable, Sendable {
    case dhkemP256SHA256
    case dhkemP384SHA384
    case dhkemP521SHA512
    case dhkemX25519SHA256

    public var identifier: UInt16 {
        switch self {
        case .dhkemP256SHA256: 0x0010
        case .dhkemP384SHA384: 0x0011
        case .dhkemP521SHA512: 0x0012
        case .dhkemX25519SHA256: 0x0020
        }
    }

    public init?(identifier: UInt16) {
        switch identifier {
        case 0x0010: self = .dhkemP256SHA256
        case 0x0011: self = .dhkemP384SHA384
        case 0x0012: self = .dhkemP521SHA512
        case 0x0020: self = .dhkemX25519SHA256
        default: return nil
        }
    }

    public var group: KeyAgreementAlgorithm {
        switch self {
        case .dhkemP256SHA256: .p256
        case .dhkemP384SHA384: .p384
        case .dhkemP521SHA512: .p521
        case .dhkemX25519SHA256: .x25519
        }
    }

    public var hash: HashAlgorithm {
        switch self {
        case .dhkemP256SHA256, .dhkemX25519SHA256: .sha256
        case .dhkemP384SHA384: .sha384
        case .dhkemP521SHA512: .sha512
        }
    }

    /// `Nsecret`.
    public var secretLength: Int { hash.outputLength }
    /// `Nenc`: for a DHKEM, the ephemeral public key.
    public var encapsulationLength: Int { group.publicKeyLength }
}
