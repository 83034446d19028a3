// SPDX-License-Identifier: Apache-2.0

public import Base

/// A link together with the card that it commits to: proof that the card is the link's. Only made by checking.
public struct MeetingLink: Sendable {
    public static let nonceLength = 32

    public let keys: LinkKeys
    public let card: Card
    let nonce: [UInt8]

    public var secret: LinkSecret { keys.secret }

    /// A new link to a card.
    public init<Crypto: CryptoProvider>(
        _ card: Card,
        nonce: [UInt8],
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        guard nonce.count == MeetingLink.nonceLength else { throw .invalidLength }
        self.card = card
        self.nonce = nonce
        keys = try LinkKeys(LinkSecret(card: card.encoded, nonce: nonce, with: crypto), with: crypto)
    }

    /// The card that lies at a node under this link, rechecked against the link's secret.
    public init<Crypto: CryptoProvider>(
        _ secret: LinkSecret,
        sealedCard: SealedBox,
        with crypto: Crypto.Type
    ) throws(LinkRefusal) {
        let keys: LinkKeys
        let content: [UInt8]
        do throws(CryptoRefusal) {
            keys = try LinkKeys(secret, with: crypto)
            content = try keys.open(sealedCard, for: .card, with: crypto)
        } catch {
            throw .cardNotOpened
        }
        var reader = ByteReader(content)
        do throws(WireRefusal) {
            card = try Card(reading: &reader)
            nonce = try reader.readOpaque()
            guard reader.isAtEnd, nonce.count == MeetingLink.nonceLength else { throw WireRefusal.trailingBytes }
        } catch {
            throw .cardMalformed
        }
        guard LinkSecret(card: card.encoded, nonce: nonce, with: crypto) == secret else { throw .cardNotOfLink }
        self.keys = keys
    }

    /// To lie at the node, for those who have the link.
    public func sealedCard<Crypto: CryptoProvider>(
        with crypto: Crypto.Type,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> SealedBox {
        var writer = ByteWriter(reserving: 256)
        card.write(into: &writer)
        writer.writeOpaque(nonce)
        return try keys.seal(writer.bytes, for: .card, with: crypto, using: &randomness)
    }
}
