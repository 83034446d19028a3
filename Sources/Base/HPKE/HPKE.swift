// SPDX-License-Identifier: Apache-2.0

/// Hybrid public key encryption (RFC 9180), modes base and psk, composed from a provider's primitives.
///
/// Composed here rather than taken from a library because native and browser builds must agree to the byte, and
/// because vectors need the ephemeral key as an input.
public struct HPKE<Crypto: CryptoProvider>: Sendable {
    public let suite: HPKESuite

    public init(_ suite: HPKESuite) {
        self.suite = suite
    }

    /// `GenerateKeyPair` (RFC 9180 §4).
    public func generateKeyPair(using randomness: inout some Randomness) throws(CryptoRefusal) -> HPKEKeyPair {
        try DHKEM<Crypto>.generateKeyPair(suite.kem, using: &randomness)
    }

    /// `DeriveKeyPair` (RFC 9180 §7.1.3).
    public func deriveKeyPair(_ inputKeyMaterial: Secret) throws(CryptoRefusal) -> HPKEKeyPair {
        try DHKEM<Crypto>.deriveKeyPair(suite.kem, inputKeyMaterial: inputKeyMaterial)
    }

    /// `SetupBaseS`, or `SetupPSKS` with a PSK (RFC 9180 §5.1.1, §5.1.2). `ephemeral` comes from ``generateKeyPair(using:)``.
    public func setUpSender(
        to publicKey: [UInt8],
        info: [UInt8],
        psk: Secret = Secret([]),
        pskID: [UInt8] = [],
        ephemeral: HPKEKeyPair
    ) throws(CryptoRefusal) -> (encapsulation: [UInt8], context: HPKEContext<Crypto>) {
        let (secret, encapsulation) = try DHKEM<Crypto>.encapsulate(suite.kem, to: publicKey, ephemeral: ephemeral)
        let context = try HPKEContext<Crypto>(suite: suite, sharedSecret: secret, info: info, psk: psk, pskID: pskID)
        return (encapsulation, context)
    }

    /// `SetupBaseR`, or `SetupPSKR` with a PSK.
    public func setUpReceiver(
        encapsulation: [UInt8],
        keyPair: HPKEKeyPair,
        info: [UInt8],
        psk: Secret = Secret([]),
        pskID: [UInt8] = []
    ) throws(CryptoRefusal) -> HPKEContext<Crypto> {
        let secret = try DHKEM<Crypto>.decapsulate(suite.kem, encapsulation: encapsulation, keyPair: keyPair)
        return try HPKEContext<Crypto>(suite: suite, sharedSecret: secret, info: info, psk: psk, pskID: pskID)
    }

    /// Single-shot encryption (RFC 9180 §6.1).
    public func seal(
        to publicKey: [UInt8],
        info: [UInt8],
        additionalData: [UInt8],
        plaintext: [UInt8],
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> (encapsulation: [UInt8], ciphertext: [UInt8]) {
        let ephemeral = try generateKeyPair(using: &randomness)
        var (encapsulation, context) = try setUpSender(to: publicKey, info: info, ephemeral: ephemeral)
        return (encapsulation, try context.seal(plaintext, additionalData: additionalData))
    }

    /// Single-shot decryption.
    public func open(
        encapsulation: [UInt8],
        keyPair: HPKEKeyPair,
        info: [UInt8],
        additionalData: [UInt8],
        ciphertext: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        var context = try setUpReceiver(encapsulation: encapsulation, keyPair: keyPair, info: info)
        return try context.open(ciphertext, additionalData: additionalData)
    }
}
