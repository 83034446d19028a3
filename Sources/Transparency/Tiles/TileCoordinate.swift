// SPDX-License-Identifier: Apache-2.0

/// Which tile of the tree (C2SP tlog-tiles, Merkle Tree): `width` hashes, each of a perfect subtree of `256^level` leaves.
public struct TileCoordinate: Hashable, Sendable {
    /// Hashes of a full tile.
    public static let fullWidth = 256

    /// 0 to 63. Trees of sizes that we speak of end at level 7.
    public let level: Int
    /// Which one of its level, from the left.
    public let index: UInt64
    /// 256, or less for a partial tile; never 0 ("Empty tiles MUST NOT be served").
    public let width: Int

    /// `nil` for a level or width that doesn't exist.
    public init?(level: Int, index: UInt64, width: Int = TileCoordinate.fullWidth) {
        guard 0...63 ~= level, 1...TileCoordinate.fullWidth ~= width else { return nil }
        self.init(level, index, width)
    }

    init(_ level: Int, _ index: UInt64, _ width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    public var isFull: Bool { width == TileCoordinate.fullWidth }

    /// The full tile at the same place: where to look for the hashes of a partial one that is gone.
    public var full: TileCoordinate { TileCoordinate(level, index, TileCoordinate.fullWidth) }
}
