// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS

extension ParticipantID {
    /// Who holds a leaf: the first 8 bytes of a hash of its signature key, so that a node can't give anybody another id.
    public init<Crypto: CryptoProvider>(signatureKey: [UInt8], with _: Crypto.Type) {
        var value: UInt64 = 0
        for byte in Crypto.hash(.sha256, [UInt8](word: "vigil member v1") + signatureKey).prefix(8) {
            value = value << 8 | UInt64(byte)
        }
        self.init(rawValue: value)
    }

    /// As the identity of a leaf's credential.
    public var credential: Credential { .basic(identity: rawValue.encoded) }

    /// What the leaf claims; ``MeetingRules`` has compared it with the key.
    init?(_ leaf: LeafNode) {
        guard case .basic(let identity) = leaf.credential, let value = try? UInt64(decoding: identity) else {
            return nil
        }
        self.init(rawValue: value)
    }
}
