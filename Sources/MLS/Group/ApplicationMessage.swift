// SPDX-License-Identifier: Apache-2.0

/// Application data from a member.
public struct ApplicationMessage: Hashable, Sendable {
    public var sender: LeafIndex
    /// The sender's leaf in the epoch of the message: the index may be somebody else's by now.
    public var senderNode: LeafNode
    public var epoch: UInt64
    public var authenticatedData: [UInt8]
    public var data: [UInt8]
}
