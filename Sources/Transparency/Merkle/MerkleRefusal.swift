// SPDX-License-Identifier: Apache-2.0

/// Why a proof doesn't hold, or can't be made.
public enum MerkleRefusal: Error, Hashable, Sendable {
    /// More leaves than ``TreeHead/largestSize``.
    case treeTooLarge
    /// An inclusion proof is for an index below the tree's size (RFC 6962 §2.1.1).
    case indexOutsideTree
    /// The older tree of a consistency proof is the larger one (RFC 6962 §2.1.2).
    case sizesOutOfOrder
    /// Every tree continues the empty one; there is no proof of it (RFC 6962 §2.1.2).
    case nothingToProve
    /// The number of hashes isn't what index and sizes ask for.
    case wrongProofLength
    /// The proof leads to another root.
    case rootMismatch
    /// The proof doesn't lead to the older root.
    case oldRootMismatch
    /// The hash of this subtree isn't at hand.
    case missing(TreeNode)
}
