// SPDX-License-Identifier: Apache-2.0

public import Base
public import MLS

/// A member's signed word that it doesn't follow an accepted commit. In the clear, for the node to count: enough of them
/// reopen the epoch, and the commit's author is named.
public struct CommitRefusal: Hashable, Sendable, WireCodable {
    public static let longestReason = 64

    public let groupID: [UInt8]
    /// The epoch that the commit was made in.
    public let epoch: UInt64
    /// SHA-256 of the commit's message.
    public let commitHash: [UInt8]
    /// Which rule was broken, in ASCII.
    public let reason: [UInt8]
    public let leaf: LeafIndex
    public private(set) var signature: [UInt8] = []

    private init(groupID: [UInt8], epoch: UInt64, commitHash: [UInt8], reason: [UInt8], leaf: LeafIndex) {
        self.groupID = groupID
        self.epoch = epoch
        self.commitHash = commitHash
        self.reason = reason
        self.leaf = leaf
    }

    /// - Parameter commit: the message that is refused.
    public init<Crypto: CryptoProvider>(
        of commit: [UInt8],
        because reason: [UInt8],
        in group: PublicGroup<Crypto>,
        leaf: LeafIndex,
        signatureKey: SignatureKeyPair
    ) throws(MLSRefusal) {
        self.init(
            groupID: group.groupID,
            epoch: group.epoch,
            commitHash: Crypto.hash(.sha256, commit),
            reason: Array(reason.prefix(CommitRefusal.longestReason)),
            leaf: leaf
        )
        signature = try group.suite.signWithLabel(
            privateKey: signatureKey.privateKey,
            CommitRefusal.label,
            toBeSigned
        )
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        groupID = try reader.readOpaque()
        epoch = try UInt64(reading: &reader)
        commitHash = try reader.readOpaque()
        reason = try reader.readOpaque()
        guard reason.count <= CommitRefusal.longestReason else { throw .tooLarge }
        leaf = LeafIndex(try UInt32(reading: &reader))
        signature = try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        writeUnsigned(into: &writer)
        writer.writeOpaque(signature)
    }

    private func writeUnsigned(into writer: inout ByteWriter) {
        writer.writeOpaque(groupID)
        writer.write(epoch)
        writer.writeOpaque(commitHash)
        writer.writeOpaque(reason)
        writer.write(leaf.value)
    }

    /// Whether a member of the epoch that the commit was made in says so of this very commit.
    public func isValid<Crypto: CryptoProvider>(of commit: [UInt8], in group: PublicGroup<Crypto>) -> Bool {
        guard groupID == group.groupID, epoch == group.epoch, commitHash == Crypto.hash(.sha256, commit),
            let node = group.tree.leaf(leaf)
        else { return false }
        return group.suite.verifyWithLabel(
            publicKey: node.signatureKey,
            CommitRefusal.label,
            toBeSigned,
            signature: signature
        )
    }

    private static var label: SignatureLabel { .other("vigil refusal") }

    private var toBeSigned: [UInt8] {
        var writer = ByteWriter(reserving: 256)
        writeUnsigned(into: &writer)
        return writer.bytes
    }
}
