// SPDX-License-Identifier: Apache-2.0

public import Base

/// Neighbouring entries of a tree, and the files that show them and prove that they are in it: whoever fetches asks here which
/// ones (C2SP tlog-tiles). It never fetches.
public struct EntriesPlan: Hashable, Sendable {
    /// Entries of one plan: as many as a few bundles hold, so that files of a log that isn't ours stay few.
    public static let mostEntries: UInt64 = 1_024

    public let head: TreeHead
    public let range: Range<UInt64>
    private let bundles: [BundleCoordinate]
    private let tiles: [TileCoordinate]

    /// What to fetch, in the order that ``entries(from:with:)`` expects. A partial file is asked for at its full width as well, since
    /// the log may have grown meanwhile and tidied it away.
    public let resources: [LogResource]

    /// - Parameter range: not empty, inside of the tree, at most ``mostEntries``.
    public init(_ range: Range<UInt64>, in head: TreeHead) throws(MerkleRefusal) {
        guard head.size <= TreeHead.largestSize else { throw .treeTooLarge }
        guard !range.isEmpty, range.upperBound <= head.size,
            range.upperBound - range.lowerBound <= EntriesPlan.mostEntries
        else { throw .indexOutsideTree }
        self.head = head
        self.range = range
        var bundles: [BundleCoordinate] = []
        var tiles: [TileCoordinate] = []
        var seen: Set<TileCoordinate> = []
        for index in range {
            if let bundle = TileMath.bundle(of: index, size: head.size), bundles.last != bundle {
                bundles.append(bundle)
            }
            for tile in TileMath.tiles(for: try ProofPlan(inclusionOf: index, in: head.size), size: head.size)
            where seen.insert(tile).inserted {
                tiles.append(tile)
            }
        }
        self.bundles = bundles
        self.tiles = tiles
        var resources: [LogResource] = []
        for bundle in bundles { resources += [.entries(bundle)] + (bundle.isFull ? [] : [.entries(bundle.full)]) }
        for tile in tiles { resources += [.tile(tile)] + (tile.isFull ? [] : [.tile(tile.full)]) }
        self.resources = resources
    }

    /// The entries, each with a proof that leads to the tree's root.
    ///
    /// - Parameter files: of ``resources``, in their order; `nil` for what isn't there.
    public func entries<Crypto: CryptoProvider>(
        from files: [[UInt8]?],
        with crypto: Crypto.Type
    ) throws(EntriesRefusal) -> [ProvedEntry] {
        var files = files[...]
        var contents: [[[UInt8]]] = []
        for bundle in bundles { contents.append(try content(of: bundle, from: &files)) }
        var set = TileSet<Crypto>()
        for tile in tiles { try insert(tile, into: &set, from: &files) }
        var entries: [ProvedEntry] = []
        for index in range {
            let place = Int(index / UInt64(TileCoordinate.fullWidth) - bundles[0].index)
            let bytes = contents[place][Int(index % UInt64(TileCoordinate.fullWidth))]
            let leaf = MerkleTree<Crypto>.leafHash(bytes)
            do throws(MerkleRefusal) {
                let proof = try InclusionProof(of: index, in: head.size, from: set, with: Crypto.self)
                try proof.verify(leaf: leaf, in: head, with: Crypto.self)
                entries.append(ProvedEntry(bytes: bytes, leaf: leaf, proof: proof))
            } catch {
                throw .notInTree(index, error)
            }
        }
        return entries
    }

    private func content(
        of bundle: BundleCoordinate,
        from files: inout ArraySlice<[UInt8]?>
    ) throws(EntriesRefusal) -> [[UInt8]] {
        let partial = files.popFirst() ?? nil
        let full = bundle.isFull ? nil : files.popFirst() ?? nil
        do throws(TileRefusal) {
            if let entries = try EntryBundle.decode(partial, orFull: full, at: bundle) { return entries }
        } catch {
            throw .damaged(.entries(bundle), error)
        }
        throw .missing(.entries(bundle))
    }

    private func insert<Crypto: CryptoProvider>(
        _ tile: TileCoordinate,
        into set: inout TileSet<Crypto>,
        from files: inout ArraySlice<[UInt8]?>
    ) throws(EntriesRefusal) {
        let partial = files.popFirst() ?? nil
        let full = tile.isFull ? nil : files.popFirst() ?? nil
        do throws(TileRefusal) {
            if let found = try Tile.decode(partial, orFull: full, at: tile) { return set.insert(found, at: tile) }
        } catch {
            throw .damaged(.tile(tile), error)
        }
        throw .missing(.tile(tile))
    }
}
