// SPDX-License-Identifier: Apache-2.0

public import Base

/// The right edge of a growing tree: its partial tiles, from which the root and every later tile follow.
///
/// At most 255 hashes on each of eight levels, however large the tree is.
public struct TreeEdge<Crypto: CryptoProvider>: Sendable {
    /// Leaves so far.
    public private(set) var size: UInt64
    /// The hashes of the partial tile of each level.
    private var levels: [[TreeHash]]

    /// An empty tree's.
    public init() {
        size = 0
        levels = []
    }

    /// From the partial tiles that ``TileMath/edge(of:)`` names, in its order.
    public init(size: UInt64, tiles: [Tile]) throws(TileRefusal) {
        guard size <= TreeHead.largestSize else { throw .wrongLength }
        let places = TileMath.edge(of: size)
        guard places.count == tiles.count else { throw .wrongLength }
        self.size = size
        levels = []
        for (place, tile) in zip(places, tiles) {
            guard tile.width == place.width else { throw .wrongLength }
            while levels.count < place.level { levels.append([]) }
            levels.append(tile.hashes)
        }
    }

    /// Adds a leaf and gives the tiles that it completes, from level 0 up. At ``TreeHead/largestSize`` nothing is added.
    public mutating func append(_ leaf: TreeHash) -> [CompletedTile] {
        guard size < TreeHead.largestSize else { return [] }
        size += 1
        var completed: [CompletedTile] = []
        var hash = leaf
        var level = 0
        while true {
            if level == levels.count { levels.append([]) }
            levels[level].append(hash)
            guard levels[level].count == TileCoordinate.fullWidth, let tile = Tile(hashes: levels[level]) else { break }
            levels[level].removeAll(keepingCapacity: true)
            let index = TileMath.hashes(at: level, size: size) >> UInt64(TileMath.height) - 1
            completed.append(
                CompletedTile(coordinate: TileCoordinate(level, index, TileCoordinate.fullWidth), tile: tile)
            )
            hash = MerkleTree<Crypto>.perfectRoot(tile.hashes[...])
            level += 1
        }
        return completed
    }

    /// The partial tiles, from level 0 up.
    public var partialTiles: [CompletedTile] {
        TileMath.edge(of: size).compactMap { place in
            guard place.level < levels.count, let tile = Tile(hashes: levels[place.level]) else { return nil }
            return CompletedTile(coordinate: place, tile: tile)
        }
    }

    /// Size and root now (RFC 6962 §2.1).
    public var head: TreeHead {
        var root: TreeHash?
        for hashes in levels {
            // The subtrees of one level are larger towards the left, as the bits of its number are.
            var end = hashes.count
            while end > 0 {
                let width = 1 << end.trailingZeroBitCount
                let subtree = MerkleTree<Crypto>.perfectRoot(hashes[end - width..<end])
                if let right = root {
                    root = MerkleTree<Crypto>.nodeHash(subtree, right)
                } else {
                    root = subtree
                }
                end -= width
            }
        }
        return TreeHead(size: size, root: root ?? MerkleTree<Crypto>.emptyRoot)
    }

    /// The leaves' hashes in the partial tile of level 0.
    public var lastLeaves: [TreeHash] { levels.first ?? [] }
}
