// SPDX-License-Identifier: Apache-2.0

public import Base

/// A cipher suite of RFC 9605 §4.5, with its number in the registry of §8.1.
public enum SFrameSuite: UInt16, Hashable, Sendable, CaseIterable {
    case aes128CTRHMACSHA256Tag80 = 1
    case aes128CTRHMACSHA256Tag64 = 2
    case aes128CTRHMACSHA256Tag32 = 3
    case aes128GCMSHA256 = 4
    case aes256GCMSHA512 = 5

    /// The hash of the key derivation, and of the HMAC in the counter-mode suites.
    public var hash: HashAlgorithm { self == .aes256GCMSHA512 ? .sha512 : .sha256 }

    /// The cipher, or nothing for the suites whose cipher is composed of AES-CTR and HMAC (RFC 9605 §4.5.1).
    public var aead: AEADAlgorithm? {
        switch self {
        case .aes128GCMSHA256: .aes128GCM
        case .aes256GCMSHA512: .aes256GCM
        default: nil
        }
    }

    /// `Nk`.
    public var keyLength: Int {
        switch self {
        case .aes128GCMSHA256: 16
        case .aes256GCMSHA512: 32
        default: 48
        }
    }

    /// `Nka`: how much of a composed key is for AES.
    var encryptionKeyLength: Int { 16 }

    /// `Nn`.
    public var nonceLength: Int { 12 }

    /// `Nt`.
    public var tagLength: Int {
        switch self {
        case .aes128CTRHMACSHA256Tag80: 10
        case .aes128CTRHMACSHA256Tag64: 8
        case .aes128CTRHMACSHA256Tag32: 4
        case .aes128GCMSHA256, .aes256GCMSHA512: 16
        }
    }
}
