// SPDX-License-Identifier: Apache-2.0

public import Base
import MLS

/// A word to all, signed by itself, so that it can be passed on to those who come later.
public struct ChatLine: Hashable, Sendable, WireCodable {
    public static let longestText = 16_000
    public static let longestID = 36

    public let signatureKey: [UInt8]
    /// The author's own choice.
    public let id: [UInt8]
    /// Milliseconds since 1970 by the author's clock.
    public let at: UInt64
    public let text: [UInt8]
    private var signature: [UInt8] = []

    private init(signatureKey: [UInt8], id: [UInt8], at: UInt64, text: [UInt8]) {
        self.signatureKey = signatureKey
        self.id = id
        self.at = at
        self.text = text
    }

    init<Crypto: CryptoProvider>(
        by signatureKey: SignatureKeyPair,
        id: [UInt8],
        at: UInt64,
        text: [UInt8],
        cardHash: [UInt8],
        _ suite: CryptoSuite<Crypto>
    ) throws(MLSRefusal) {
        self.init(signatureKey: signatureKey.publicKey, id: id, at: at, text: text)
        signature = try suite.signWithLabel(
            privateKey: signatureKey.privateKey,
            ChatLine.label,
            toBeSigned(cardHash)
        )
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        signatureKey = try reader.readOpaque()
        id = try reader.readOpaque()
        at = try UInt64(reading: &reader)
        text = try reader.readOpaque()
        guard text.count <= ChatLine.longestText, id.count <= ChatLine.longestID else { throw .tooLarge }
        signature = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writeUnsigned(into: &writer)
        writer.writeOpaque(signature)
    }

    private func writeUnsigned(into writer: inout ByteWriter) {
        writer.writeOpaque(signatureKey)
        writer.writeOpaque(id)
        writer.write(at)
        writer.writeOpaque(text)
    }

    private func toBeSigned(_ cardHash: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(reserving: 512)
        writer.writeOpaque(cardHash)
        writeUnsigned(into: &writer)
        return writer.bytes
    }

    private static var label: SignatureLabel { .other("vigil chat") }

    func isValid<Crypto: CryptoProvider>(cardHash: [UInt8], _ suite: CryptoSuite<Crypto>) -> Bool {
        suite.verifyWithLabel(publicKey: signatureKey, ChatLine.label, toBeSigned(cardHash), signature: signature)
    }
}
