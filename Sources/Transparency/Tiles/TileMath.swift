// SPDX-License-Identifier: Apache-2.0

/// Which tiles and bundles a tree of a size has (C2SP tlog-tiles, Merkle Tree).
public enum TileMath {
    /// 256 is 2^8: a tile spans eight levels of the tree.
    static let height = 8
    /// Levels that trees up to ``TreeHead/largestSize`` reach.
    static let levels = 8

    /// Subtrees of `256^level` leaves that a tree of `size` has: hashes at that level over all tiles.
    static func hashes(at level: Int, size: UInt64) -> UInt64 {
        level < levels ? size >> UInt64(level * height) : 0
    }

    /// The tile at that place in a tree of `size`, as wide as it is there; `nil` if there is none.
    public static func tile(level: Int, index: UInt64, size: UInt64) -> TileCoordinate? {
        let hashes = hashes(at: level, size: size)
        guard level >= 0, index <= hashes >> UInt64(height) else { return nil }
        let left = hashes - index << UInt64(height)
        return left == 0 ? nil : TileCoordinate(level, index, Int(min(left, UInt64(TileCoordinate.fullWidth))))
    }

    /// The bundle that an entry lies in; `nil` past the end.
    public static func bundle(of entry: UInt64, size: UInt64) -> BundleCoordinate? {
        guard entry < size, let tile = tile(level: 0, index: entry >> UInt64(height), size: size) else { return nil }
        return BundleCoordinate(tile.index, tile.width)
    }

    /// The tile whose hashes a subtree's hash is computed from, or is one of; `nil` if the tree doesn't have that subtree.
    public static func tile(of node: TreeNode, size: UInt64) -> TileCoordinate? {
        let level = node.level / height
        let index = node.index >> UInt64(height - node.level % height)
        guard let tile = tile(level: level, index: index, size: size) else { return nil }
        return places(of: node).upperBound <= tile.width ? tile : nil
    }

    /// Where in its tile a subtree's hashes lie.
    static func places(of node: TreeNode) -> Range<Int> {
        let inner = node.level % height
        let row = UInt64(TileCoordinate.fullWidth) >> UInt64(inner)
        let first = Int(node.index % row) << inner
        return first..<first + 1 << inner
    }

    /// What to fetch for a plan in a tree of `size`, each tile once.
    public static func tiles(for plan: ProofPlan, size: UInt64) -> [TileCoordinate] {
        var seen: Set<TileCoordinate> = []
        return plan.nodes.compactMap { tile(of: $0, size: size) }.filter { seen.insert($0).inserted }
    }

    /// The partial tiles at the right edge of a tree, from level 0 up.
    public static func edge(of size: UInt64) -> [TileCoordinate] {
        (0..<levels).compactMap { level in
            let hashes = hashes(at: level, size: size)
            let width = Int(hashes % UInt64(TileCoordinate.fullWidth))
            return width == 0 ? nil : TileCoordinate(level, hashes >> UInt64(height), width)
        }
    }
}
