// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import NativeCrypto
import TestSupport
import Testing

@Suite("A link commits to its card")
struct LinkTests {
    private var randomness = SeededRandomness(seed: 1)
    private let card = Card(hostKey: Array(repeating: 7, count: 32), nodes: [Array("https://node.example".utf8)])

    @Test("Who has the link reads the card that lies at a node, and gets the same keys")
    mutating func roundTrip() throws {
        let link = try MeetingLink(card, nonce: randomness.bytes(32), with: NativeCrypto.self)
        let sealed = try link.sealedCard(with: NativeCrypto.self, using: &randomness)
        let other = try MeetingLink(link.secret, sealedCard: sealed, with: NativeCrypto.self)
        #expect(other.card == card)
        #expect(other.keys.alias == link.keys.alias)
        #expect(Secret.equal(other.keys.preSharedKey, link.keys.preSharedKey))
    }

    @Test("A card sealed under the link's own key, but another card than the link's, is refused")
    mutating func exchangedCard() throws {
        let link = try MeetingLink(card, nonce: randomness.bytes(32), with: NativeCrypto.self)
        var writer = ByteWriter()
        Card(hostKey: Array(repeating: 8, count: 32)).write(into: &writer)
        writer.writeOpaque(randomness.bytes(32))
        let box = try link.keys.seal(writer.bytes, for: .card, with: NativeCrypto.self, using: &randomness)
        #expect(throws: LinkRefusal.cardNotOfLink) {
            try MeetingLink(link.secret, sealedCard: box, with: NativeCrypto.self)
        }
    }

    @Test("Another secret opens nothing, and what is sealed for one purpose isn't opened for another")
    mutating func otherKeys() throws {
        let link = try MeetingLink(card, nonce: randomness.bytes(32), with: NativeCrypto.self)
        let sealed = try link.sealedCard(with: NativeCrypto.self, using: &randomness)
        let stranger = try #require(LinkSecret(randomness.bytes(16)))
        #expect(throws: LinkRefusal.cardNotOpened) {
            try MeetingLink(stranger, sealedCard: sealed, with: NativeCrypto.self)
        }
        #expect(throws: CryptoRefusal.self) { try link.keys.open(sealed, for: .knock, with: NativeCrypto.self) }
        for length in 0..<sealed.bytes.count {
            let cut = SealedBox(bytes: Array(sealed.bytes[..<length]))
            #expect(throws: CryptoRefusal.self) { try link.keys.open(cut, for: .card, with: NativeCrypto.self) }
        }
    }
}
