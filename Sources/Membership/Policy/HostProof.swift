// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS

/// In a leaf: the card's host key says that whoever holds this leaf is host.
///
/// Made by the holder of the host key for itself, or for somebody to whom it hands the meeting on.
public struct HostProof: Hashable, Sendable {
    /// Of the range for private use (RFC 9420 §17.3).
    public static let extensionType = ExtensionType(rawValue: 0xF102)

    /// Ed25519.
    public let signature: [UInt8]

    public init(signature: [UInt8]) {
        self.signature = signature
    }

    public init<Crypto: CryptoProvider>(
        signatureKey: [UInt8],
        cardHash: [UInt8],
        hostPrivateKey: Secret,
        with _: Crypto.Type
    ) throws(CryptoRefusal) {
        signature = try Crypto.sign(
            .ed25519,
            privateKey: hostPrivateKey,
            HostProof.content(signatureKey: signatureKey, cardHash: cardHash)
        )
    }

    public init?(_ leaf: LeafNode) {
        guard let data = leaf.extensions[HostProof.extensionType] else { return nil }
        signature = data
    }

    public var asExtension: Extension { Extension(type: HostProof.extensionType, data: signature) }

    public func isValid<Crypto: CryptoProvider>(
        for signatureKey: [UInt8],
        under policy: MeetingPolicy,
        with _: Crypto.Type
    ) -> Bool {
        Crypto.verify(
            .ed25519,
            publicKey: policy.hostKey,
            signature: signature,
            HostProof.content(signatureKey: signatureKey, cardHash: policy.cardHash)
        )
    }

    private static func content(signatureKey: [UInt8], cardHash: [UInt8]) -> [UInt8] {
        [UInt8](word: "vigil host v1") + cardHash + signatureKey
    }
}
