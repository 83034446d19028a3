// SPDX-License-Identifier: Apache-2.0

public import Base

/// A tile's content: 1 to 256 hashes of consecutive subtrees (C2SP tlog-tiles, Merkle Tree).
public struct Tile: Hashable, Sendable {
    public let hashes: [TreeHash]

    /// `nil` for none, and for more than 256.
    public init?(hashes: [TreeHash]) {
        guard 1...TileCoordinate.fullWidth ~= hashes.count else { return nil }
        self.hashes = hashes
    }

    /// The bytes of a resource that should hold `width` hashes: "exactly 256 hashes wide, or 8,192 bytes", or `width` of a
    /// partial one.
    public init(decoding bytes: [UInt8], width: Int) throws(TileRefusal) {
        guard 1...TileCoordinate.fullWidth ~= width, bytes.count == width * TreeHash.length else { throw .wrongLength }
        var hashes: [TreeHash] = []
        hashes.reserveCapacity(width)
        var reader = ByteReader(bytes)
        while let slice = reader.read(count: TreeHash.length), let hash = TreeHash(slice) { hashes.append(hash) }
        self.hashes = hashes
    }

    /// A partial tile out of the full one at its place: "MAY fetch the full tile in parallel as a fallback in case the partial
    /// tile is not available anymore" (Partial Tiles).
    public func prefix(_ width: Int) -> Tile? { Tile(hashes: Array(hashes.prefix(width))) }

    /// The tile at a place, of its own bytes or of the full one's there; `nil` without either.
    static func decode(
        _ bytes: [UInt8]?,
        orFull full: [UInt8]?,
        at place: TileCoordinate
    ) throws(TileRefusal) -> Tile? {
        if let bytes { return try Tile(decoding: bytes, width: place.width) }
        guard let full else { return nil }
        return try Tile(decoding: full, width: place.full.width).prefix(place.width)
    }

    public var width: Int { hashes.count }

    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * TreeHash.length)
        for hash in hashes { hash.append(to: &bytes) }
        return bytes
    }

    /// What the level above holds for a full tile; a partial one "MUST NOT be hashed into a tile at the level above".
    public func root<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> TreeHash? {
        hashes.count == TileCoordinate.fullWidth ? MerkleTree<Crypto>.perfectRoot(hashes[...]) : nil
    }
}
