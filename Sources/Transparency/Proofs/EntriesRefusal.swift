// SPDX-License-Identifier: Apache-2.0

/// Why files don't show entries of a tree.
public enum EntriesRefusal: Error, Hashable, Sendable {
    /// It wasn't among what was fetched.
    case missing(LogResource)
    /// A tile or bundle that isn't one.
    case damaged(LogResource, TileRefusal)
    /// The entry, and why its proof doesn't hold.
    case notInTree(UInt64, MerkleRefusal)
}
