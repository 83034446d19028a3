// SPDX-License-Identifier: Apache-2.0

/// Which entry bundle (C2SP tlog-tiles, Log entries): the entries whose hashes are in the level 0 tile at the same place.
public struct BundleCoordinate: Hashable, Sendable {
    /// Which one, from the left.
    public let index: UInt64
    /// Entries in it: 256, or less for a partial one; never 0.
    public let width: Int

    /// `nil` for a width that doesn't exist.
    public init?(index: UInt64, width: Int = TileCoordinate.fullWidth) {
        guard 1...TileCoordinate.fullWidth ~= width else { return nil }
        self.init(index, width)
    }

    init(_ index: UInt64, _ width: Int) {
        self.index = index
        self.width = width
    }

    public var isFull: Bool { width == TileCoordinate.fullWidth }

    /// The full bundle at the same place.
    public var full: BundleCoordinate { BundleCoordinate(index, TileCoordinate.fullWidth) }

    /// The tile with its entries' hashes.
    public var tile: TileCoordinate { TileCoordinate(0, index, width) }
}
