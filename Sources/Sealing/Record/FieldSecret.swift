// SPDX-License-Identifier: Apache-2.0

import Base
import Governance

/// The secret of one field: what custodians have shares of. From it come the key that opens the field and the commitment that no other secret
/// has (AEADs commit to no key by themselves).
struct FieldSecret<Crypto: CryptoProvider> {
    static var length: Int { 32 }

    private let secret: Secret
    private let context: FieldContext

    init(_ secret: Secret, _ context: FieldContext) {
        self.secret = secret
        self.context = context
    }

    /// Out of the record's key, which only the owner can make.
    init(recordKey: Secret, _ context: FieldContext) throws(CryptoRefusal) {
        self.init(
            try Crypto.expand(
                .sha256,
                pseudorandomKey: recordKey,
                info: context.bytes("vigil-sealed-record/v1 field"),
                length: Self.length
            ),
            context
        )
    }

    func commitment() throws(CryptoRefusal) -> [UInt8] {
        try derive("vigil-sealed-record/v1 commitment").withBytes { Array($0) }
    }

    /// Every field of every record has a key of its own that seals once: the nonce may be zeros.
    func seal(_ content: [UInt8]) throws(SealingRefusal) -> [UInt8] {
        guard let padded = Padding.add(to: content) else { throw .fieldTooLong(context.field) }
        do throws(CryptoRefusal) {
            return try Crypto.seal(
                .aes256GCM,
                key: derive("vigil-sealed-record/v1 key"),
                nonce: [UInt8](repeating: 0, count: 12),
                plaintext: padded,
                additionalData: context.bytes("vigil-sealed-record/v1")
            )
        } catch {
            throw .crypto(error)
        }
    }

    func open(_ ciphertext: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        let padded = try Crypto.open(
            .aes256GCM,
            key: derive("vigil-sealed-record/v1 key"),
            nonce: [UInt8](repeating: 0, count: 12),
            ciphertext: ciphertext,
            additionalData: context.bytes("vigil-sealed-record/v1")
        )
        guard let content = Padding.remove(from: padded) else { throw .invalidLength }
        return content
    }

    /// The shares of places 1 to 5.
    func shares(using randomness: inout some Randomness) -> [Secret] {
        SecretSharing.split(secret, using: &randomness)
    }

    /// By which a custodian and a recipient know a share to be the one that the owner made.
    static func hash(of share: Secret, place: UInt8, _ context: FieldContext) -> DocumentHash {
        let bytes = share.withBytes { [place] + Array($0) }
        return .of(document: context.bytes("vigil-sealed-record/v1 share") + bytes, with: Crypto.self)
    }

    private func derive(_ label: StaticString) throws(CryptoRefusal) -> Secret {
        try Crypto.expand(.sha256, pseudorandomKey: secret, info: context.bytes(label), length: 32)
    }
}
