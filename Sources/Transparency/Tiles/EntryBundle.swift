// SPDX-License-Identifier: Apache-2.0

import Base

/// "Sequences of big-endian uint16 length-prefixed log entries" (C2SP tlog-tiles, Log entries).
public enum EntryBundle {
    /// The longest entry that has a place in a bundle.
    public static let longestEntry = 65_535

    public static func encode(_ entries: some Sequence<[UInt8]>) throws(TileRefusal) -> [UInt8] {
        var writer = ByteWriter(reserving: 4_096)
        for entry in entries {
            guard let length = UInt16(exactly: entry.count) else { throw .entryTooLong }
            writer.write(length)
            writer.write(entry)
        }
        return writer.bytes
    }

    /// The entries at a place, of its own file or of the full one there: "MAY fetch the full [bundle] in parallel as a fallback in case the
    /// partial [bundle] is not available anymore" (Partial Tiles). `nil` without either.
    static func decode(
        _ bytes: [UInt8]?,
        orFull full: [UInt8]?,
        at place: BundleCoordinate
    ) throws(TileRefusal) -> [[UInt8]]? {
        if let bytes { return try decode(bytes, width: place.width) }
        guard let full else { return nil }
        return Array(try decode(full, width: place.full.width).prefix(place.width))
    }

    /// The entries of a bundle that should hold `width` of them.
    public static func decode(_ bytes: [UInt8], width: Int) throws(TileRefusal) -> [[UInt8]] {
        var reader = ByteReader(bytes)
        var entries: [[UInt8]] = []
        while !reader.isAtEnd {
            guard entries.count < width else { throw .wrongEntryCount }
            guard let length = reader.readUInt16(), let entry = reader.read(count: Int(length)) else {
                throw .truncatedEntry
            }
            entries.append(Array(entry))
        }
        guard entries.count == width else { throw .wrongEntryCount }
        return entries
    }
}
