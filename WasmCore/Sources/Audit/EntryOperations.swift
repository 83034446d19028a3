// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import PortableCrypto
import Transparency

/// Entries for the page to show.
enum EntryOperations {
    /// The paths to fetch for these entries of the audit's checkpoint.
    static func plan(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let plan = try readPlan(&fields)
        try fields.end()
        var writer = ByteWriter(reserving: 256)
        writer.write(count: plan.resources.count)
        for resource in plan.resources { writer.writeField(resource.path) }
        return writer.bytes
    }

    /// The entries, if each is proved to be in the checkpoint's tree.
    static func read(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let plan = try readPlan(&fields)
        let files = try fields.files()
        try fields.end()
        var writer = ByteWriter(reserving: 4_096)
        do throws(EntriesRefusal) {
            for entry in try plan.entries(from: files, with: MeetingCrypto.self) {
                write(entry.bytes, leaf: entry.leaf, index: entry.index, into: &writer)
            }
        } catch {
            switch error {
            case .missing: throw .named("entries.missing")
            case .damaged: throw .named("entries.damaged")
            case .notInTree: throw .named("entries.notInTree")
            }
        }
        return writer.bytes
    }

    /// The entries of a bundle that an audit has read: it is the audit that judged them.
    static func readBundle(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let bytes = try fields.bytes()
        let first = try fields.word64()
        let width = try fields.word32()
        try fields.end()
        guard first <= TreeHead.largestSize, 1...UInt32(TileCoordinate.fullWidth) ~= width else { throw .malformedCall }
        var writer = ByteWriter(reserving: 65_536)
        do throws(TileRefusal) {
            for (place, entry) in try EntryBundle.decode(bytes, width: Int(width)).enumerated() {
                let leaf = MerkleTree<MeetingCrypto>.leafHash(entry)
                write(entry, leaf: leaf, index: first + UInt64(place), into: &writer)
            }
        } catch {
            throw .named("entries.damaged")
        }
        return writer.bytes
    }

    private static func readPlan(_ fields: inout Fields) throws(CoreRefusal) -> EntriesPlan {
        let audit = try audits.value(try fields.word32())
        let first = try fields.word64()
        let count = try fields.word64()
        guard let head = audit.monitor.checkpoint?.head else { throw .named("audit.noCheckpoint") }
        let (end, over) = first.addingReportingOverflow(count)
        guard !over else { throw .named("entries.outside") }
        do throws(MerkleRefusal) {
            return try EntriesPlan(first..<end, in: head)
        } catch {
            throw .named("entries.outside")
        }
    }

    /// Index, leaf hash, how it could be read (0 an entry, 1 of an unknown type, 2 no entry), type, time in seconds, the case and the
    /// hash that it follows (empty where there are none), and the text.
    private static func write(_ bytes: [UInt8], leaf: TreeHash, index: UInt64, into writer: inout ByteWriter) {
        writer.write(index)
        writer.write(leaf)
        let entry: ReadEntry
        do throws(EntryRefusal) { entry = try ReadEntry(parsing: bytes) } catch {
            writer.write(UInt8(2))
            for field in [[], [], [], bytes] as [[UInt8]] { writer.writeField(field) }
            writer.write(UInt64(0))
            return
        }
        let type: [UInt8]
        switch entry {
        case .known(let known):
            writer.write(UInt8(0))
            type = Array(known.type.text.utf8)
        case .unknown(let unknown, _, _):
            writer.write(UInt8(1))
            type = unknown
        }
        writer.writeField(type)
        writer.writeField(entry.link?.caseID.text ?? "")
        writer.writeField(entry.link?.previous?.bytes ?? [])
        writer.writeField(bytes)
        writer.write(entry.time.seconds)
    }
}
