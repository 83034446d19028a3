// SPDX-License-Identifier: Apache-2.0

import Base

/// A signature that was found right for a note's text and a known key.
public struct VerifiedSignature: Hashable, Sendable {
    public let key: VerifierKey
    public let signature: NoteSignature
    /// When a cosignature says that it was made; `nil` for a plain signature.
    public let time: CosignatureTime?

    init?<Crypto: CryptoProvider>(
        _ signature: NoteSignature,
        by key: VerifierKey,
        over text: [UInt8],
        with crypto: Crypto.Type
    ) {
        let message: [UInt8]
        let raw: [UInt8]
        switch key.type {
        case .ed25519:
            // "Ed25519 signatures are generated according to RFC 8032 over the note text" (signed-note).
            (message, raw, time) = (text, signature.signature, nil)
        case .cosignature:
            guard let cosignature = TimestampedSignature(decoding: signature.signature) else { return nil }
            message = CosignedMessage.bytes(time: cosignature.time, text: text)
            (raw, time) = (cosignature.signature, cosignature.time)
        }
        guard raw.count == 64, Crypto.verify(.ed25519, publicKey: key.publicKey, signature: raw, message) else {
            return nil
        }
        self.key = key
        self.signature = signature
    }
}
