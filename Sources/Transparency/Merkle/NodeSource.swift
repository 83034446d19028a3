// SPDX-License-Identifier: Apache-2.0

/// Where proofs get the hashes of perfect subtrees from: tiles, or a whole tree in memory.
public protocol NodeSource {
    /// `nil` if it isn't known here.
    func hash(of node: TreeNode) -> TreeHash?
}
