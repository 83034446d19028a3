// SPDX-License-Identifier: Apache-2.0

public import Base

/// All that an account is: 32 random bytes that only the person has. Keys for different uses are derived from it, so that one file
/// moves the account.
public struct AccountSecret: Sendable {
    public static let length = 32

    let root: Secret

    public init(using randomness: inout some Randomness) {
        root = .random(AccountSecret.length, using: &randomness)
    }

    /// `nil` unless there are 32 bytes.
    init?(_ root: Secret) {
        guard root.count == AccountSecret.length else { return nil }
        self.root = root
    }

    /// The account's public key, by which others know it.
    public func key<Crypto: CryptoProvider>(with crypto: Crypto.Type) throws(CryptoRefusal) -> AccountKey {
        AccountKey(unchecked: try Crypto.publicKey(.ed25519, of: signatureKey(with: crypto)))
    }

    /// Ed25519 over `text`, whose first line says what kind of text it is.
    package func sign<Crypto: CryptoProvider>(
        _ text: [UInt8],
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) -> [UInt8] {
        try Crypto.sign(.ed25519, privateKey: signatureKey(with: crypto), text)
    }

    /// From which the keys of the person's sealed records come: 32 bytes.
    package func recordsKey<Crypto: CryptoProvider>(with crypto: Crypto.Type) throws(CryptoRefusal) -> Secret {
        try derive("vigil-account/v1 records", with: crypto)
    }

    private func signatureKey<Crypto: CryptoProvider>(with crypto: Crypto.Type) throws(CryptoRefusal) -> Secret {
        try derive("vigil-account/v1 signature", with: crypto)
    }

    /// HKDF-Expand: the root is a uniformly random key already (RFC 5869 §3.3).
    private func derive<Crypto: CryptoProvider>(
        _ label: StaticString,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) -> Secret {
        try Crypto.expand(.sha256, pseudorandomKey: root, info: label.bytes, length: 32)
    }
}
