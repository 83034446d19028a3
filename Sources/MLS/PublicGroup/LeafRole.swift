// SPDX-License-Identifier: Apache-2.0

/// Where a leaf appears, which decides what it has to be (RFC 9420 §7.3).
enum LeafRole: Sendable {
    /// In a key package that is added.
    case keyPackage
    /// In an update of this leaf.
    case update(of: LeafNode)
    /// In the path of a commit; with the leaf that was there before, or that an external commit removes.
    case commit(of: LeafNode?)
    /// In the tree of a group that we join.
    case present
}
