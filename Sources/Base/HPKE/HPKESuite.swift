// SPDX-License-Identifier: Apache-2.0

/// The three algorithms of one use of HPKE (RFC 9180 §7).
public struct HPKESuite: Hashable, Sendable {
    public var kem: HPKEKEM
    /// The hash of the KDF.
    public var kdf: HashAlgorithm
    public var aead: AEADAlgorithm

    public init(kem: HPKEKEM, kdf: HashAlgorithm, aead: AEADAlgorithm) {
        self.kem = kem
        self.kdf = kdf
        self.aead = aead
    }

    /// `"HPKE" || kem_id || kdf_id || aead_id` (RFC 9180 §5.1).
    var identifier: [UInt8] {
        let kdfID: UInt16 =
            switch kdf {
            case .sha256: 1
            case .sha384: 2
            case .sha512: 3
            }
        let aeadID: UInt16 =
            switch aead {
            case .aes128GCM: 1
            case .aes256GCM: 2
            case .chaCha20Poly1305: 3
            }
        var writer = ByteWriter(reserving: 10)
        writer.write([UInt8](word: "HPKE"))
        writer.write(kem.identifier)
        writer.write(kdfID)
        writer.write(aeadID)
        return writer.bytes
    }
}
