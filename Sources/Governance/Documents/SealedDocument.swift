// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// A document of a case, encrypted in the uploader's client to the seats that are to read it. Whoever keeps it sees its length,
/// rounded up to a power of two, and how many may read it.
///
/// ```
/// "vigil-sealed/v1\n" n[1] n × (key[32] enc[32] ct[48]) ciphertext
/// ```
///
/// Each `enc`, `ct` is HPKE (RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM) of the content key under
/// `info = "vigil-sealed/v1\0" || case`. The ciphertext is AES-256-GCM under the content key, which is used once: its nonce is zero.
/// Everything before it is authenticated with it. The plaintext is the content's length (4 bytes), the content, zeros.
public struct SealedDocument: Hashable, Sendable {
    public struct Recipient: Hashable, Sendable {
        /// X25519, 32 bytes.
        public let key: [UInt8]
        /// The ephemeral public key, 32 bytes.
        public let encapsulation: [UInt8]
        /// The content key and its tag, 48 bytes.
        public let ciphertext: [UInt8]
    }

    public static let mostRecipients = 64
    /// Bytes of a file.
    public static let shortest = 4_096
    public static let longest = 4_194_304

    static let header: StaticString = "vigil-sealed/v1\n"
    static let recipientLength = 112
    static let tagLength = 16
    static let keyLength = 32

    public let recipients: [Recipient]
    /// Of the padded plaintext, with its tag.
    public let ciphertext: [UInt8]

    /// Reads the layout; whether anything can be opened is another question.
    public init(parsing file: [UInt8]) throws(SealedDocumentRefusal) {
        guard SealedDocument.shortest...SealedDocument.longest ~= file.count, file.count.nonzeroBitCount == 1 else {
            throw .wrongLength
        }
        guard let rest = file[...].dropping(SealedDocument.header) else { throw .wrongHeader }
        var reader = ByteReader(Array(rest))
        guard let count = reader.readUInt8(), 1...SealedDocument.mostRecipients ~= Int(count) else {
            throw .wrongRecipientCount
        }
        var recipients: [Recipient] = []
        for _ in 0..<count {
            guard let key = reader.read(count: 32), let encapsulation = reader.read(count: 32),
                let ciphertext = reader.read(count: 48)
            else { throw .wrongLength }
            recipients.append(
                Recipient(key: Array(key), encapsulation: Array(encapsulation), ciphertext: Array(ciphertext))
            )
        }
        guard Set(recipients.map { $0.key }).count == recipients.count else { throw .recipientTwice }
        self.recipients = recipients
        ciphertext = Array(file[(file.count - reader.remaining)...])
    }

    /// The file.
    public var encoded: [UInt8] { SealedDocument.head(recipients) + ciphertext }

    static func head(_ recipients: [Recipient]) -> [UInt8] {
        var head: [UInt8] = []
        head.append(header)
        head.append(UInt8(recipients.count))
        for recipient in recipients { head += recipient.key + recipient.encapsulation + recipient.ciphertext }
        return head
    }

    static func info(_ caseID: CaseID) -> [UInt8] {
        var info: [UInt8] = []
        info.append("vigil-sealed/v1\0")
        return info + caseID.bytes
    }

    init(recipients: [Recipient], ciphertext: [UInt8]) {
        self.recipients = recipients
        self.ciphertext = ciphertext
    }
}
