// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a monitor knows of a log up to a size at which everything it read led to the signed root. From here it goes on.
public struct MonitorState<Crypto: CryptoProvider>: Sendable {
    public internal(set) var head: TreeHead
    var edge: TreeEdge<Crypto>
    var book: CaseBook<Crypto>

    /// Nothing read yet.
    public init() {
        edge = TreeEdge()
        head = edge.head
        book = CaseBook()
    }

    private static var version: UInt8 { 1 }

    /// For a file between two runs.
    public var encoded: [UInt8] {
        var writer = ByteWriter(reserving: 4_096)
        writer.write(Self.version)
        writer.write(head.size)
        for tile in edge.partialTiles { writer.write(tile.tile.encoded) }
        book.write(into: &writer)
        return writer.bytes + Crypto.hash(.sha256, writer.bytes)
    }

    /// `nil` for what isn't such a file, or is a damaged one.
    public init?(decoding bytes: [UInt8]) {
        guard bytes.count > TreeHash.length else { return nil }
        let body = Array(bytes.dropLast(TreeHash.length))
        guard Crypto.hash(.sha256, body).elementsEqual(bytes.suffix(TreeHash.length)) else { return nil }
        var reader = ByteReader(body)
        guard reader.readUInt8() == Self.version, let size = reader.readUInt64(), size <= TreeHead.largestSize else {
            return nil
        }
        var tiles: [Tile] = []
        for place in TileMath.edge(of: size) {
            guard let slice = reader.read(count: place.width * TreeHash.length),
                let tile = try? Tile(decoding: Array(slice), width: place.width)
            else { return nil }
            tiles.append(tile)
        }
        guard let edge = try? TreeEdge<Crypto>(size: size, tiles: tiles), let book = CaseBook<Crypto>(reading: &reader),
            reader.isAtEnd
        else { return nil }
        self.edge = edge
        self.book = book
        head = edge.head
    }
}
