// SPDX-License-Identifier: Apache-2.0

/// The Diffie-Hellman KEM of RFC 9180 §4.1 over a provider's groups.
enum DHKEM<Crypto: CryptoProvider> {
    /// `GenerateKeyPair`: `DeriveKeyPair` over `Nsk` random bytes (RFC 9180 §4).
    static func generateKeyPair(
        _ kem: HPKEKEM,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> HPKEKeyPair {
        try deriveKeyPair(kem, inputKeyMaterial: Secret(randomness.bytes(kem.group.privateKeyLength)))
    }

    /// RFC 9180 §7.1.3.
    static func deriveKeyPair(_ kem: HPKEKEM, inputKeyMaterial: Secret) throws(CryptoRefusal) -> HPKEKeyPair {
        let labels = LabeledKDF<Crypto>(hash: kem.hash, suite: suite(of: kem))
        let pseudorandomKey = labels.extract(salt: Secret([]), label: "dkp_prk", inputKeyMaterial: inputKeyMaterial)
        let length = kem.group.privateKeyLength
        if kem.group == .x25519 {
            let key = try labels.expand(pseudorandomKey, label: "sk", info: [], length: length)
            return HPKEKeyPair(privateKey: key, publicKey: try Crypto.publicKey(.x25519, of: key))
        }
        for counter in UInt8.min...UInt8.max {
            var candidate = try labels.expand(pseudorandomKey, label: "candidate", info: [counter], length: length)
            // The bitmask for P-521 keeps 521 of 528 bits.
            if kem.group == .p521 {
                candidate = candidate.withBytes { bytes in Secret([bytes[0] & 0x01] + bytes.dropFirst()) }
            }
            // A candidate that is zero or not below the order is no private key; the next one is tried.
            if let publicKey = try? Crypto.publicKey(kem.group, of: candidate) {
                return HPKEKeyPair(privateKey: candidate, publicKey: publicKey)
            }
        }
        throw .invalidKey
    }

    /// `Encap` (RFC 9180 §4.1) with the ephemeral key given.
    static func encapsulate(
        _ kem: HPKEKEM,
        to publicKey: [UInt8],
        ephemeral: HPKEKeyPair
    ) throws(CryptoRefusal) -> (sharedSecret: Secret, encapsulation: [UInt8]) {
        let dh = try Crypto.sharedSecret(kem.group, privateKey: ephemeral.privateKey, publicKey: publicKey)
        let context = ephemeral.publicKey + publicKey
        return (try extractAndExpand(kem, dh: dh, context: context), ephemeral.publicKey)
    }

    /// `Decap`.
    static func decapsulate(
        _ kem: HPKEKEM,
        encapsulation: [UInt8],
        keyPair: HPKEKeyPair
    ) throws(CryptoRefusal) -> Secret {
        let dh = try Crypto.sharedSecret(kem.group, privateKey: keyPair.privateKey, publicKey: encapsulation)
        return try extractAndExpand(kem, dh: dh, context: encapsulation + keyPair.publicKey)
    }

    private static func extractAndExpand(_ kem: HPKEKEM, dh: Secret, context: [UInt8]) throws(CryptoRefusal) -> Secret {
        let labels = LabeledKDF<Crypto>(hash: kem.hash, suite: suite(of: kem))
        let pseudorandomKey = labels.extract(salt: Secret([]), label: "eae_prk", inputKeyMaterial: dh)
        return try labels.expand(pseudorandomKey, label: "shared_secret", info: context, length: kem.secretLength)
    }

    /// `"KEM" || kem_id`.
    private static func suite(of kem: HPKEKEM) -> [UInt8] {
        [UInt8](word: "KEM") + [
            UInt8(truncatingIfNeeded: kem.identifier >> 8), UInt8(truncatingIfNeeded: kem.identifier),
        ]
    }
}
