// SPDX-License-Identifier: Apache-2.0

/// A perfect subtree: `2^level` leaves from `index * 2^level` on. Its hash never changes once those leaves exist.
///
/// ```
/// level 2          0
/// level 1      0       1       2
/// level 0    0   1   2   3   4   5   6       a tree of seven leaves: nodes (2,0), (1,2), (0,6) side by side
/// ```
public struct TreeNode: Hashable, Sendable {
    /// 0 for a leaf, at most 62.
    public let level: Int
    public let index: UInt64

    init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }
}
