// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a link carries in its fragment, `https://NODE/m#SECRET`: 16 bytes that never reach a server.
///
/// They are the first half of a hash of the meeting's ``Card`` and a nonce, so that a link can't be had to another card.
public struct LinkSecret: Sendable {
    public static let length = 16

    public let secret: Secret

    /// Exactly ``length`` bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == LinkSecret.length else { return nil }
        secret = Secret(bytes)
    }

    /// `SHA-256(card ‖ nonce)[..<16]`.
    public init<Crypto: CryptoProvider>(card: [UInt8], nonce: [UInt8], with _: Crypto.Type) {
        secret = Secret(Crypto.hash(.sha256, card + nonce).prefix(LinkSecret.length))
    }

    public var bytes: [UInt8] { secret.withBytes { Array($0) } }

    public static func == (first: LinkSecret, second: LinkSecret) -> Bool {
        Secret.equal(first.secret, second.secret)
    }
}
