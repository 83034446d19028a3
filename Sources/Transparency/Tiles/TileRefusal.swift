// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no tile or bundle of the width asked for, or don't fit together (C2SP tlog-tiles).
public enum TileRefusal: Error, Hashable, Sendable {
    /// A tile is 32 bytes for each of its hashes (Merkle Tree).
    case wrongLength
    /// A bundle ends inside an entry (Log entries).
    case truncatedEntry
    /// A bundle holds another number of entries than its width says (Partial Tiles).
    case wrongEntryCount
    /// An entry longer than its two bytes of length can say (Log entries).
    case entryTooLong
    /// An entry's hash isn't the one in the level 0 tile (Log entries).
    case entryNotInTile
    /// A full tile's hash isn't the one in the tile above (Merkle Tree).
    case tileNotInTileAbove
}
