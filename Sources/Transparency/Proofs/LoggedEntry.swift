// SPDX-License-Identifier: Apache-2.0

/// An entry of which a verified proof says that it is in a log whose checkpoint satisfies a policy.
public struct LoggedEntry: Hashable, Sendable {
    public let leaf: TreeHash
    public let index: UInt64
    public let checkpoint: CosignedCheckpoint

    init(leaf: TreeHash, index: UInt64, checkpoint: CosignedCheckpoint) {
        self.leaf = leaf
        self.index = index
        self.checkpoint = checkpoint
    }
}
