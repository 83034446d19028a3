// SPDX-License-Identifier: Apache-2.0

public import Base

/// Tiles that were fetched: a source of hashes for proofs.
///
/// Nothing in them is believed: a proof made from wrong tiles doesn't verify.
public struct TileSet<Crypto: CryptoProvider>: NodeSource, Sendable {
    private struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    private var tiles: [Place: Tile] = [:]

    public init() {}

    /// Adds a tile; of two at one place the wider one stays.
    public mutating func insert(_ tile: Tile, at coordinate: TileCoordinate) {
        let place = Place(level: coordinate.level, index: coordinate.index)
        if let known = tiles[place], known.width >= tile.width { return }
        tiles[place] = tile
    }

    public func hash(of node: TreeNode) -> TreeHash? {
        let index = node.index >> UInt64(TileMath.height - node.level % TileMath.height)
        let places = TileMath.places(of: node)
        guard let tile = tiles[Place(level: node.level / TileMath.height, index: index)],
            places.upperBound <= tile.width
        else { return nil }
        return MerkleTree<Crypto>.perfectRoot(tile.hashes[places])
    }
}
