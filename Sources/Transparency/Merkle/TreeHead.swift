// SPDX-License-Identifier: Apache-2.0

/// A tree's size and root: what a checkpoint says of it.
public struct TreeHead: Hashable, Sendable {
    /// The largest tree that we speak of. A consistency proof in it has at most 63 hashes, which is what C2SP tlog-witness
    /// (add-checkpoint) lets a client send.
    public static let largestSize: UInt64 = UInt64(Int64.max)

    public let size: UInt64
    public let root: TreeHash

    public init(size: UInt64, root: TreeHash) {
        self.size = size
        self.root = root
    }
}
