// SPDX-License-Identifier: Apache-2.0

import Base

/// A batch on disk: from which size on, and its entries. A hash at the end tells a torn or damaged file.
struct Stage: Hashable, Sendable {
    let from: UInt64
    let entries: [[UInt8]]

    var to: UInt64 { from + UInt64(entries.count) }

    init(from: UInt64, entries: [[UInt8]]) {
        self.from = from
        self.entries = entries
    }

    private static let version: UInt8 = 1

    func encoded<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> [UInt8] {
        var writer = ByteWriter(reserving: 4_096)
        writer.write(Stage.version)
        writer.write(from)
        writer.write(UInt32(truncatingIfNeeded: entries.count))
        for entry in entries {
            // Of type `LogEntry` when they came in: at most 8 KiB.
            writer.write(UInt16(truncatingIfNeeded: entry.count))
            writer.write(entry)
        }
        return writer.bytes + Crypto.hash(.sha256, writer.bytes)
    }

    init?<Crypto: CryptoProvider>(decoding bytes: [UInt8], with crypto: Crypto.Type) {
        guard bytes.count > TreeHash.length else { return nil }
        let body = Array(bytes.dropLast(TreeHash.length))
        guard Crypto.hash(.sha256, body).elementsEqual(bytes.suffix(TreeHash.length)) else { return nil }
        var reader = ByteReader(body)
        guard reader.readUInt8() == Stage.version, let from = reader.readUInt64(), let count = reader.readUInt32(),
            from <= TreeHead.largestSize
        else { return nil }
        var entries: [[UInt8]] = []
        while !reader.isAtEnd {
            guard let length = reader.readUInt16(), let entry = reader.read(count: Int(length)) else { return nil }
            entries.append(Array(entry))
        }
        guard entries.count == count, UInt64(count) <= TreeHead.largestSize - from else { return nil }
        self.init(from: from, entries: entries)
    }
}
