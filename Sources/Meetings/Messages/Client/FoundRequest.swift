// SPDX-License-Identifier: Apache-2.0

/// A group of one, to be the room that `vacant` said doesn't run.
public struct FoundRequest: Hashable, Sendable {
    /// An MLSMessage with the public GroupInfo: without `external_pub`, without the tree.
    public let groupInfo: [UInt8]
    /// The ratchet tree's encoding.
    public let tree: [UInt8]
    /// A GroupInfo for those who come from outside, sealed under the link.
    public let sealedGroupInfo: [UInt8]
    /// Sealed under the link.
    public let card: [UInt8]

    public init(groupInfo: [UInt8], tree: [UInt8], sealedGroupInfo: [UInt8], card: [UInt8]) {
        self.groupInfo = groupInfo
        self.tree = tree
        self.sealedGroupInfo = sealedGroupInfo
        self.card = card
    }
}
