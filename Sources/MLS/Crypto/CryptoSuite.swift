// SPDX-License-Identifier: Apache-2.0

public import Base

/// The algorithms of one cipher suite over a provider (RFC 9420 §5.1).
///
/// A runtime value: everything in this module is generic over the provider only, and asks the suite for the rest. A
/// hybrid KEM becomes another ``HPKEKEM`` and another line in the table below.
public struct CryptoSuite<Crypto: CryptoProvider>: Sendable {
    public let identifier: CipherSuite
    public let hpke: HPKE<Crypto>
    public let signature: SignatureAlgorithm

    /// Refuses suites that are unknown, or known to need what no provider has (4 and 6: X448, Ed448).
    public init(_ identifier: CipherSuite) throws(MLSRefusal) {
        self.identifier = identifier
        switch identifier {
        case .x25519AES128GCM:
            hpke = HPKE(HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes128GCM))
            signature = .ed25519
        case .p256AES128GCM:
            hpke = HPKE(HPKESuite(kem: .dhkemP256SHA256, kdf: .sha256, aead: .aes128GCM))
            signature = .ecdsaP256SHA256
        case .x25519ChaCha20Poly1305:
            hpke = HPKE(HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .chaCha20Poly1305))
            signature = .ed25519
        case .p521AES256GCM:
            hpke = HPKE(HPKESuite(kem: .dhkemP521SHA512, kdf: .sha512, aead: .aes256GCM))
            signature = .ecdsaP521SHA512
        case .p384AES256GCM:
            hpke = HPKE(HPKESuite(kem: .dhkemP384SHA384, kdf: .sha384, aead: .aes256GCM))
            signature = .ecdsaP384SHA384
        default:
            throw .unsupportedCipherSuite
        }
    }

    /// Whether this build has the suite.
    public static func supports(_ identifier: CipherSuite) -> Bool {
        (try? CryptoSuite(identifier)) != nil
    }

    /// The hash of the suite, also that of its KDF and its MAC.
    public var hashAlgorithm: HashAlgorithm { hpke.suite.kdf }
    public var aead: AEADAlgorithm { hpke.suite.aead }
    /// `KDF.Nh`.
    public var secretLength: Int { hashAlgorithm.outputLength }

    public func hash(_ data: [UInt8]) -> [UInt8] { Crypto.hash(hashAlgorithm, data) }

    public func mac(key: Secret, _ data: [UInt8]) -> [UInt8] {
        Crypto.hmac(hashAlgorithm, key: key, data).withBytes { Array($0) }
    }

    /// Constant time; a tag of another length is no tag.
    public func isValidMAC(_ tag: [UInt8], key: Secret, _ data: [UInt8]) -> Bool {
        Secret.equal(Crypto.hmac(hashAlgorithm, key: key, data), Secret(tag))
    }
}
