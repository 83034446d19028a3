// SPDX-License-Identifier: Apache-2.0

import Base

/// The right edge of a log: of its tree, and the entries of its last, partial bundle.
struct GrowingLog<Crypto: CryptoProvider>: Sendable {
    private(set) var edge: TreeEdge<Crypto>
    private(set) var lastEntries: [[UInt8]]

    init() {
        edge = TreeEdge()
        lastEntries = []
    }

    /// What to read for a log of `size`: each partial resource, and the full one at its place in case tidying took it away.
    static func keys(for size: UInt64) -> [StoreKey] {
        var keys: [StoreKey] = []
        for tile in TileMath.edge(of: size) {
            keys += [.published(.tile(tile)), .published(.tile(tile.full))]
        }
        if let bundle = lastBundle(of: size) {
            keys += [.published(.entries(bundle)), .published(.entries(bundle.full))]
        }
        return keys
    }

    private static func lastBundle(of size: UInt64) -> BundleCoordinate? {
        TileMath.edge(of: size).first { $0.level == 0 }.map { BundleCoordinate($0.index, $0.width) }
    }

    /// From the answers to ``keys(for:)``.
    init(size: UInt64, files: [[UInt8]?]) throws(SequencerFault) {
        guard files.count == Self.keys(for: size).count else { throw .tilesUnreadable }
        var rest = files[...]
        var tiles: [Tile] = []
        for place in TileMath.edge(of: size) {
            guard let tile = Self.tile(place, rest.removeFirst(), rest.removeFirst()) else { throw .tilesUnreadable }
            tiles.append(tile)
        }
        guard let edge = try? TreeEdge<Crypto>(size: size, tiles: tiles) else { throw .tilesUnreadable }
        self.edge = edge
        lastEntries = []
        if let bundle = Self.lastBundle(of: size) {
            guard let entries = Self.entries(bundle, rest.removeFirst(), rest.removeFirst()) else {
                throw .tilesUnreadable
            }
            lastEntries = entries
        }
        guard lastEntries.map({ MerkleTree<Crypto>.leafHash($0) }) == edge.lastLeaves else {
            throw .bundleContradictsTile
        }
    }

    private static func tile(_ place: TileCoordinate, _ partial: [UInt8]?, _ full: [UInt8]?) -> Tile? {
        if let partial { return try? Tile(decoding: partial, width: place.width) }
        guard let full else { return nil }
        return (try? Tile(decoding: full, width: place.full.width))?.prefix(place.width)
    }

    private static func entries(_ place: BundleCoordinate, _ partial: [UInt8]?, _ full: [UInt8]?) -> [[UInt8]]? {
        if let partial { return try? EntryBundle.decode(partial, width: place.width) }
        guard let full, let entries = try? EntryBundle.decode(full, width: place.full.width) else { return nil }
        return Array(entries.prefix(place.width))
    }

    /// Adds an entry and gives what it completes: a bundle and tiles, all of them full.
    mutating func append(_ entry: [UInt8], leaf: TreeHash) throws(TileRefusal) -> [(LogResource, [UInt8])] {
        lastEntries.append(entry)
        var completed: [(LogResource, [UInt8])] = []
        for tile in edge.append(leaf) {
            if tile.coordinate.level == 0 {
                let bundle = BundleCoordinate(tile.coordinate.index, tile.coordinate.width)
                completed.append((.entries(bundle), try EntryBundle.encode(lastEntries)))
                lastEntries.removeAll(keepingCapacity: true)
            }
            completed.append((.tile(tile.coordinate), tile.tile.encoded))
        }
        return completed
    }

    /// The partial bundle and tiles, as the tree stands.
    func partials() throws(TileRefusal) -> [(LogResource, [UInt8])] {
        var partials: [(LogResource, [UInt8])] = []
        if let bundle = Self.lastBundle(of: edge.size) {
            partials.append((.entries(bundle), try EntryBundle.encode(lastEntries)))
        }
        for tile in edge.partialTiles { partials.append((.tile(tile.coordinate), tile.tile.encoded)) }
        return partials
    }
}
