// SPDX-License-Identifier: Apache-2.0

/// One side of an HPKE encryption context (RFC 9180 §5.2): keys, base nonce and the count of messages so far.
public struct HPKEContext<Crypto: CryptoProvider>: Sendable {
    private let suite: HPKESuite
    private let key: Secret
    private let baseNonce: Secret
    private let exporterSecret: Secret
    private var sequence: UInt64 = 0

    /// `KeySchedule` (RFC 9180 §5.1). `psk` empty means mode base.
    init(
        suite: HPKESuite,
        sharedSecret: Secret,
        info: [UInt8],
        psk: Secret,
        pskID: [UInt8]
    ) throws(CryptoRefusal) {
        // RFC 9180 §5.1 VerifyPSKInputs: both or none.
        guard (psk.count == 0) == pskID.isEmpty else { throw .invalidKey }
        let labels = LabeledKDF<Crypto>(hash: suite.kdf, suite: suite.identifier)
        let none = Secret([])
        let pskIDHash = labels.extract(salt: none, label: "psk_id_hash", inputKeyMaterial: Secret(pskID))
        let infoHash = labels.extract(salt: none, label: "info_hash", inputKeyMaterial: Secret(info))
        let mode: UInt8 = psk.count == 0 ? 0 : 1
        let context = [mode] + pskIDHash.withBytes { Array($0) } + infoHash.withBytes { Array($0) }
        let secret = labels.extract(salt: sharedSecret, label: "secret", inputKeyMaterial: psk)
        self.suite = suite
        key = try labels.expand(secret, label: "key", info: context, length: suite.aead.keyLength)
        baseNonce = try labels.expand(secret, label: "base_nonce", info: context, length: suite.aead.nonceLength)
        exporterSecret = try labels.expand(secret, label: "exp", info: context, length: suite.kdf.outputLength)
    }

    public mutating func seal(_ plaintext: [UInt8], additionalData: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        let sealed = try Crypto.seal(
            suite.aead,
            key: key,
            nonce: nonce(),
            plaintext: plaintext,
            additionalData: additionalData
        )
        try advance()
        return sealed
    }

    public mutating func open(_ ciphertext: [UInt8], additionalData: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        let opened = try Crypto.open(
            suite.aead,
            key: key,
            nonce: nonce(),
            ciphertext: ciphertext,
            additionalData: additionalData
        )
        try advance()
        return opened
    }

    /// RFC 9180 §5.3.
    public func export(context: [UInt8], length: Int) throws(CryptoRefusal) -> Secret {
        let labels = LabeledKDF<Crypto>(hash: suite.kdf, suite: suite.identifier)
        return try labels.expand(exporterSecret, label: "sec", info: context, length: length)
    }

    /// The sequence number, big-endian and padded, over the base nonce.
    private func nonce() -> [UInt8] {
        var nonce = baseNonce.withBytes { Array($0) }
        for index in 0..<8 {
            nonce[nonce.count - 1 - index] ^= UInt8(truncatingIfNeeded: sequence >> (8 * UInt64(index)))
        }
        return nonce
    }

    /// RFC 9180 §5.2: a context that ran out of sequence numbers must not be used again.
    private mutating func advance() throws(CryptoRefusal) {
        guard sequence < .max else { throw .invalidLength }
        sequence += 1
    }
}
