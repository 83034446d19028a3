// SPDX-License-Identifier: Apache-2.0

package import Base

// Every use of a primitive is bound to its purpose by a label (RFC 9420 §5.1.2, §5.1.3, §5.2, §8, §9.1).
extension CryptoSuite {
    /// `RefHash` (RFC 9420 §5.2). The label is used as it stands, without the prefix.
    package func refHash(_ label: Label, _ value: [UInt8]) -> [UInt8] {
        var input = ByteWriter(reserving: value.count + 64)
        input.writeOpaque(label.bytes)
        input.writeOpaque(value)
        return hash(input.bytes)
    }

    package func expandWithLabel(
        _ secret: Secret,
        _ label: Label,
        context: [UInt8],
        length: Int
    ) throws(MLSRefusal) -> Secret {
        guard let short = UInt16(exactly: length) else { throw .crypto(.invalidLength) }
        var info = ByteWriter(reserving: context.count + 64)
        info.write(short)
        CryptoSuite.write(label, into: &info)
        info.writeOpaque(context)
        do {
            return try Crypto.expand(hashAlgorithm, pseudorandomKey: secret, info: info.bytes, length: length)
        } catch {
            throw .crypto(error)
        }
    }

    package func deriveSecret(_ secret: Secret, _ label: Label) throws(MLSRefusal) -> Secret {
        try expandWithLabel(secret, label, context: [], length: secretLength)
    }

    /// `DeriveTreeSecret` (RFC 9420 §9.1).
    package func deriveTreeSecret(
        _ secret: Secret,
        _ label: Label,
        generation: UInt32,
        length: Int
    ) throws(MLSRefusal) -> Secret {
        try expandWithLabel(secret, label, context: generation.encoded, length: length)
    }

    package func extract(salt: Secret, inputKeyMaterial: Secret) -> Secret {
        Crypto.extract(hashAlgorithm, salt: salt, inputKeyMaterial: inputKeyMaterial)
    }

    package func signWithLabel(
        privateKey: Secret,
        _ label: SignatureLabel,
        _ content: [UInt8]
    ) throws(MLSRefusal) -> [UInt8] {
        do {
            let message = CryptoSuite.labeled(label.rawValue, content)
            return try Crypto.sign(signature, privateKey: privateKey, message)
        } catch {
            throw .crypto(error)
        }
    }

    package func verifyWithLabel(
        publicKey: [UInt8],
        _ label: SignatureLabel,
        _ content: [UInt8],
        signature value: [UInt8]
    ) -> Bool {
        let message = CryptoSuite.labeled(label.rawValue, content)
        return Crypto.verify(signature, publicKey: publicKey, signature: value, message)
    }

    package func encryptWithLabel(
        to publicKey: [UInt8],
        _ label: EncryptionLabel,
        context: [UInt8],
        plaintext: [UInt8],
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> HPKECiphertext {
        do {
            let sealed = try hpke.seal(
                to: publicKey,
                info: CryptoSuite.labeled(label.rawValue, context),
                additionalData: [],
                plaintext: plaintext,
                using: &randomness
            )
            return HPKECiphertext(kemOutput: sealed.encapsulation, ciphertext: sealed.ciphertext)
        } catch {
            throw .crypto(error)
        }
    }

    package func decryptWithLabel(
        _ keyPair: HPKEKeyPair,
        _ label: EncryptionLabel,
        context: [UInt8],
        _ ciphertext: HPKECiphertext
    ) throws(MLSRefusal) -> [UInt8] {
        do {
            return try hpke.open(
                encapsulation: ciphertext.kemOutput,
                keyPair: keyPair,
                info: CryptoSuite.labeled(label.rawValue, context),
                additionalData: [],
                ciphertext: ciphertext.ciphertext
            )
        } catch {
            throw .crypto(error)
        }
    }

    /// `SignContent` and `EncryptContext` have the same shape.
    private static func labeled(_ label: Label, _ content: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(reserving: content.count + 64)
        write(label, into: &writer)
        writer.writeOpaque(content)
        return writer.bytes
    }

    /// `"MLS 1.0 " + Label`.
    private static func write(_ label: Label, into writer: inout ByteWriter) {
        writer.writeVectorLength(8 + label.bytes.count)
        writer.write([UInt8](word: "MLS 1.0 "))
        writer.write(label.bytes)
    }
}
