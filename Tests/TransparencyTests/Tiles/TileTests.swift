// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Tiles")
struct TileTests {
    @Test("paths are the specification's, and no other spelling is read")
    func paths() throws {
        let tile = try #require(TileCoordinate(level: 0, index: 1_234_067))
        #expect(LogResource.tile(tile).path == "tile/0/x001/x234/067")
        let partial = try #require(BundleCoordinate(index: 0, width: 112))
        #expect(LogResource.entries(partial).path == "tile/entries/000.p/112")
        #expect(LogResource.tile(tile).partialsPath == "tile/0/x001/x234/067.p")
        for path in [
            "checkpoint", "tile/0/000", "tile/63/x001/x234/067", "tile/entries/x999/999.p/1", "tile/7/255.p/255",
            "tile/0/x018/x446/x744/x073/x709/x551/615",
        ] {
            #expect(LogResource(path: path.utf8)?.path == path)
        }
        for path in [
            "", "checkpoint/", "/checkpoint", "checkpoints", "tile", "tile/0", "tile/0/", "tile/0/00", "tile/0/0000",
            "tile/0/1", "tile/64/000", "tile/00/000", "tile/-1/000", "tile/0/001/002", "tile/0/x001/x002",
            "tile/0/x000/001",
            "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
            "tile/0/000.p/1/2",
            "tile/0/000.q/1", "tile/Entries/000", "tile/entries/../checkpoint",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x001/x002/x003/x004/x005/x006/x007/x008/x009/010",
        ] {
            #expect(LogResource(path: path.utf8) == nil, "\(path)")
        }
    }

    @Test("a tree of 70,000 has the tiles that the specification counts")
    func example() throws {
        let edge = TileMath.edge(of: 70_000)
        #expect(edge.map(\.level) == [0, 1, 2])
        #expect(edge.map(\.width) == [112, 17, 1])
        #expect(edge.map(\.index) == [273, 1, 0])
        #expect(TileMath.tile(level: 0, index: 272, size: 70_000)?.isFull == true)
        #expect(TileMath.tile(level: 0, index: 274, size: 70_000) == nil)
        // "A tree of size 256 will be represented by a full level 0 tile and a partial level 1 tile of width 1."
        #expect(TileMath.edge(of: 256) == [TileCoordinate(level: 1, index: 0, width: 1)].compactMap { $0 })
    }

    @Test("proofs from tiles are the proofs of the tree", arguments: [1, 255, 256, 257, 511, 700, 66_000])
    func proofs(_ size: Int) throws {
        let tree = LeafTree(count: size)
        var edge = TreeEdge<NativeCrypto>()
        var all = TileSet<NativeCrypto>()
        for leaf in tree.rows[0] {
            for tile in edge.append(leaf) { all.insert(tile.tile, at: tile.coordinate) }
        }
        for tile in edge.partialTiles { all.insert(tile.tile, at: tile.coordinate) }
        let head = try tree.head(size)
        #expect(edge.head == head)
        var randomness = SeededRandomness(seed: UInt64(size))
        for _ in 0..<20 {
            let index = UInt64.random(in: 0..<head.size, using: &randomness)
            let proof = try InclusionProof(of: index, in: head.size, from: all, with: NativeCrypto.self)
            #expect(try proof == InclusionProof(of: index, in: head.size, from: tree, with: NativeCrypto.self))
            let old = UInt64.random(in: 1...head.size, using: &randomness)
            let plan = try ProofPlan(consistencyFrom: old, to: head.size)
            let hashes = try plan.hashes(from: all, with: NativeCrypto.self)
            try ConsistencyProof(hashes: hashes).verify(from: tree.head(Int(old)), to: head, with: NativeCrypto.self)
            #expect(TileMath.tiles(for: plan, size: head.size).count <= 8)
        }
    }

    @Test("an edge read back from its tiles grows on the same way")
    func edge() throws {
        let leaves = LeafTree(count: 1_000).rows[0]
        for size in [0, 1, 255, 256, 300, 512, 999] {
            var grown = TreeEdge<NativeCrypto>()
            for leaf in leaves[..<size] { _ = grown.append(leaf) }
            var restored = try TreeEdge<NativeCrypto>(size: UInt64(size), tiles: grown.partialTiles.map(\.tile))
            #expect(restored.head == grown.head)
            for leaf in leaves[size...] { #expect(restored.append(leaf) == grown.append(leaf)) }
            #expect(restored.head == grown.head)
        }
    }

    @Test("tiles and bundles of another width than said are refused")
    func decoding() throws {
        let tile = try #require(Tile(hashes: LeafTree(count: 3).rows[0]))
        #expect(try Tile(decoding: tile.encoded, width: 3) == tile)
        for (bytes, width) in [
            (tile.encoded, 2), (tile.encoded, 4), (Array(tile.encoded.dropLast()), 3), ([], 0), (tile.encoded + [0], 3),
        ] {
            #expect(throws: TileRefusal.wrongLength) { try Tile(decoding: bytes, width: width) }
        }
        let bundle = try EntryBundle.encode([[], [1, 2, 3], [UInt8](repeating: 7, count: 65_535)])
        #expect(try EntryBundle.decode(bundle, width: 3).map(\.count) == [0, 3, 65_535])
        #expect(throws: TileRefusal.wrongEntryCount) { try EntryBundle.decode(bundle, width: 2) }
        #expect(throws: TileRefusal.wrongEntryCount) { try EntryBundle.decode(bundle, width: 4) }
        #expect(throws: TileRefusal.truncatedEntry) { try EntryBundle.decode(Array(bundle.dropLast()), width: 3) }
        #expect(throws: TileRefusal.truncatedEntry) { try EntryBundle.decode([0], width: 1) }
        #expect(throws: TileRefusal.entryTooLong) { try EntryBundle.encode([[UInt8](repeating: 0, count: 65_536)]) }
    }
}
