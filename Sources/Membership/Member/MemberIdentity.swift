// SPDX-License-Identifier: Apache-2.0

public import Base

/// Who somebody is in one meeting, and what they hold of it: all that has to outlive a page that is loaded again.
///
/// Holds private keys: keep it where keys may be.
public struct MemberIdentity: Sendable, WireCodable {
    /// Of the leaf. `nil`: a new one is made.
    public var signaturePrivateKey: Secret?
    /// The current link's secret, as far as we know, first; then older ones.
    public var links: [LinkSecret]
    /// Whoever holds the card's host key founds the meeting and is host.
    public var hosting: Hosting?

    /// The organiser's half of a link.
    public struct Hosting: Sendable {
        public var hostPrivateKey: Secret
        public var card: Card
        /// Of the current link.
        public var nonce: [UInt8]

        public init(hostPrivateKey: Secret, card: Card, nonce: [UInt8]) {
            self.hostPrivateKey = hostPrivateKey
            self.card = card
            self.nonce = nonce
        }
    }

    public init(signaturePrivateKey: Secret? = nil, links: [LinkSecret], hosting: Hosting? = nil) {
        self.signaturePrivateKey = signaturePrivateKey
        self.links = links
        self.hosting = hosting
    }

    /// A new meeting: a fresh host key, its card, and the first link to it.
    public init<Crypto: CryptoProvider>(
        foundingAt nodes: [[UInt8]],
        with crypto: Crypto.Type,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) {
        let hostKey = try Crypto.generateSignatureKey(.ed25519, using: &randomness)
        let card = Card(hostKey: try Crypto.publicKey(.ed25519, of: hostKey), nodes: nodes)
        let nonce = randomness.bytes(MeetingLink.nonceLength)
        links = [LinkSecret(card: card.encoded, nonce: nonce, with: crypto)]
        hosting = Hosting(hostPrivateKey: hostKey, card: card, nonce: nonce)
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        let key = try reader.readOpaque()
        signaturePrivateKey = key.isEmpty ? nil : Secret(key)
        links = []
        for bytes in try reader.readOpaques() {
            guard let link = LinkSecret(bytes) else { throw .invalidStructure }
            links.append(link)
        }
        guard !links.isEmpty else { throw .invalidStructure }
        if try reader.readFlag() {
            hosting = Hosting(
                hostPrivateKey: Secret(try reader.readOpaque()),
                card: try Card(reading: &reader),
                nonce: try reader.readOpaque()
            )
        }
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(signaturePrivateKey?.withBytes { Array($0) } ?? [])
        writer.writeVector { writer in
            for link in links { writer.writeOpaque(link.bytes) }
        }
        writer.writeFlag(hosting != nil)
        guard let hosting else { return }
        writer.writeOpaque(hosting.hostPrivateKey.withBytes { Array($0) })
        hosting.card.write(into: &writer)
        writer.writeOpaque(hosting.nonce)
    }
}
