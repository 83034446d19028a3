// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import Transparency

/// One share of one field, sealed to one key: HPKE, mode base (RFC 9180), DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
struct SealedShare: Hashable, Sendable {
    static let suite = HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes256GCM)
    /// The encapsulated key, the share, the tag.
    static let length = 32 + 32 + 16

    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init<Crypto: CryptoProvider>(
        _ share: Secret,
        to key: [UInt8],
        info: [UInt8],
        using randomness: inout some Randomness,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        let (encapsulation, ciphertext) = try HPKE<Crypto>(SealedShare.suite).seal(
            to: key,
            info: info,
            additionalData: [],
            plaintext: share.withBytes { Array($0) },
            using: &randomness
        )
        bytes = encapsulation + ciphertext
    }

    /// One person's shares of several fields.
    ///
    /// - Parameter info: HPKE's, for a field.
    static func seal<Crypto: CryptoProvider>(
        _ shares: [(field: Name, share: Secret)],
        to key: [UInt8],
        using randomness: inout some Randomness,
        with crypto: Crypto.Type,
        info: (Name) -> [UInt8]
    ) throws(CryptoRefusal) -> [(field: Name, share: SealedShare)] {
        var sealed: [(field: Name, share: SealedShare)] = []
        for (field, share) in shares {
            let one = try SealedShare(share, to: key, info: info(field), using: &randomness, with: crypto)
            sealed.append((field, one))
        }
        return sealed
    }

    func open<Crypto: CryptoProvider>(
        with keyPair: HPKEKeyPair,
        info: [UInt8],
        crypto: Crypto.Type
    ) throws(CryptoRefusal) -> Secret {
        guard bytes.count == SealedShare.length else { throw .invalidLength }
        var share = try HPKE<Crypto>(SealedShare.suite).open(
            encapsulation: Array(bytes.prefix(32)),
            keyPair: keyPair,
            info: info,
            additionalData: [],
            ciphertext: Array(bytes.dropFirst(32))
        )
        return Secret(erasing: &share)
    }
}
