// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

extension SealedDocument {
    private static var suite: HPKESuite { HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes256GCM) }
    private static var nonce: [UInt8] { [UInt8](repeating: 0, count: 12) }

    /// How long a file with so much content for so many is; `nil` if none can hold it.
    public static func length(of content: Int, for recipients: Int) -> Int? {
        guard content >= 0, content <= longest, 1...mostRecipients ~= recipients else { return nil }
        let least = header.utf8CodeUnitCount + 1 + recipients * recipientLength + 4 + content + tagLength
        var length = shortest
        while length < least { length *= 2 }
        return length <= longest ? length : nil
    }

    /// - Parameter keys: of the seats that are to read it, checked by whoever asks.
    public init<Crypto: CryptoProvider>(
        sealing content: [UInt8],
        to keys: [[UInt8]],
        of caseID: CaseID,
        randomness: inout some Randomness,
        with crypto: Crypto.Type
    ) throws(SealedDocumentRefusal) {
        guard 1...SealedDocument.mostRecipients ~= keys.count else { throw .wrongRecipientCount }
        guard Set(keys).count == keys.count else { throw .recipientTwice }
        guard let length = SealedDocument.length(of: content.count, for: keys.count) else { throw .tooLong }
        let contentKey = randomness.bytes(SealedDocument.keyLength)
        var recipients: [Recipient] = []
        for key in keys {
            do throws(CryptoRefusal) {
                let (encapsulation, ciphertext) = try HPKE<Crypto>(SealedDocument.suite).seal(
                    to: key,
                    info: SealedDocument.info(caseID),
                    additionalData: [],
                    plaintext: contentKey,
                    using: &randomness
                )
                recipients.append(Recipient(key: key, encapsulation: encapsulation, ciphertext: ciphertext))
            } catch { throw .invalidKey }
        }
        let head = SealedDocument.head(recipients)
        var writer = ByteWriter(reserving: length)
        writer.write(UInt32(content.count))
        writer.write(content)
        let padding = length - head.count - writer.bytes.count - SealedDocument.tagLength
        writer.write([UInt8](repeating: 0, count: padding))
        do throws(CryptoRefusal) {
            let ciphertext = try Crypto.seal(
                .aes256GCM,
                key: Secret(contentKey),
                nonce: SealedDocument.nonce,
                plaintext: writer.bytes,
                additionalData: head
            )
            self.init(recipients: recipients, ciphertext: ciphertext)
        } catch { throw .sealBroken }
    }

    /// The content.
    public func open<Crypto: CryptoProvider>(
        with keyPair: HPKEKeyPair,
        of caseID: CaseID,
        _ crypto: Crypto.Type
    ) throws(SealedDocumentRefusal) -> [UInt8] {
        guard let recipient = recipients.first(where: { $0.key == keyPair.publicKey }) else { throw .notForThisKey }
        let plaintext: [UInt8]
        do throws(CryptoRefusal) {
            let contentKey = try HPKE<Crypto>(SealedDocument.suite).open(
                encapsulation: recipient.encapsulation,
                keyPair: keyPair,
                info: SealedDocument.info(caseID),
                additionalData: [],
                ciphertext: recipient.ciphertext
            )
            plaintext = try Crypto.open(
                .aes256GCM,
                key: Secret(contentKey),
                nonce: SealedDocument.nonce,
                ciphertext: ciphertext,
                additionalData: SealedDocument.head(recipients)
            )
        } catch { throw .sealBroken }
        var reader = ByteReader(plaintext)
        guard let length = reader.readUInt32(), let content = reader.read(count: Int(length)),
            let zeros = reader.read(count: reader.remaining), zeros.allSatisfy({ $0 == 0 })
        else { throw .malformedPadding }
        return Array(content)
    }
}
