// SPDX-License-Identifier: Apache-2.0

import Base

/// The leaf hashes of a log's newest full tiles, by which a sequencer that begins knows what was submitted to the one before it.
///
/// A process that dies may have acknowledged more than its clients heard of: not its last batch alone, since the next one begins
/// while the words are on their way. Who submits such an entry again must be told its place, or it would be in the log twice.
struct RecentLeaves {
    let first: UInt64
    let leaves: [TreeHash]

    /// - Parameter most: how many entries are remembered; whole tiles of them are read.
    static func keys(for size: UInt64, most: Int) -> [StoreKey] {
        places(size, most).map { .published(.tile($0)) }
    }

    private static func places(_ size: UInt64, _ most: Int) -> [TileCoordinate] {
        let width = TileCoordinate.fullWidth
        let full = TileMath.hashes(at: 0, size: size) >> UInt64(TileMath.height)
        let wanted = min(full, UInt64((max(0, most) + width - 1) / width))
        return (full - wanted..<full).map { TileCoordinate(0, $0, width) }
    }

    /// From the answers to ``keys(for:most:)``.
    init(size: UInt64, most: Int, files: ArraySlice<[UInt8]?>) throws(SequencerFault) {
        let places = RecentLeaves.places(size, most)
        guard files.count == places.count else { throw .tilesUnreadable }
        var leaves: [TreeHash] = []
        for (place, bytes) in zip(places, files) {
            guard let bytes, let tile = try? Tile(decoding: bytes, width: place.width) else { throw .tilesUnreadable }
            leaves += tile.hashes
        }
        first = (places.first?.index ?? 0) << UInt64(TileMath.height)
        self.leaves = leaves
    }
}
