// SPDX-License-Identifier: Apache-2.0

import Base

/// Sealed under a key of the link: a random nonce, then AES-128-GCM's ciphertext and tag. A key seals a few thousand of
/// them at the very most, far from where random nonces would meet (NIST SP 800-38D §8.3).
public struct SealedBox: Hashable, Sendable {
    public enum Purpose: Hashable, Sendable {
        /// A GroupInfo with `external_pub`, without the tree.
        case groupInfo
        /// A ``Card`` with its nonce.
        case card
        /// A ``Knock``.
        case knock
        /// An ``Invitation``, under the link that was knocked with.
        case invitation

        var info: [UInt8] {
            switch self {
            case .groupInfo: [UInt8](word: "group info")
            case .card: [UInt8](word: "card")
            case .knock: [UInt8](word: "knock")
            case .invitation: [UInt8](word: "invitation")
            }
        }
    }

    static let nonceLength = 12

    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
