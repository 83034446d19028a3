// SPDX-License-Identifier: Apache-2.0

import Base

extension CaseBook {
    /// In the order of the hashes, so that one book has one file.
    func write(into writer: inout ByteWriter) {
        writer.write(UInt32(truncatingIfNeeded: mostCases))
        writer.write(UInt32(truncatingIfNeeded: cases.count))
        for (id, state) in cases.sorted(by: { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }) {
            writer.write(id.bytes)
            writer.write(state.head.bytes)
            writer.write(state.time.seconds)
            writer.write(UInt8(state.isClosed ? 1 : 0))
        }
        writer.write(UInt32(truncatingIfNeeded: pending.count))
        for (leaf, entry) in pending.sorted(by: { $0.value.index < $1.value.index }) {
            writer.write(leaf.bytes)
            writer.write(entry.caseID.bytes)
            writer.write(entry.index)
            writer.write(entry.commitment.bytes)
            writer.write(UInt8(entry.due == nil ? 0 : 1))
            if let due = entry.due { writer.write(due.seconds) }
        }
    }

    init?(reading reader: inout ByteReader) {
        guard let most = reader.readUInt32().flatMap({ Int(exactly: $0) }), let caseCount = reader.readUInt32() else {
            return nil
        }
        self.init(mostCases: most)
        for _ in 0..<caseCount {
            guard let id = reader.read(count: CaseID.length).flatMap({ CaseID($0) }),
                let head = reader.read(count: TreeHash.length).flatMap({ TreeHash($0) }),
                let time = reader.readUInt64().flatMap({ EntryTime(seconds: $0) }), let flag = reader.readUInt8()
            else { return nil }
            cases[id] = State(head: head, time: time, isClosed: flag == 1)
        }
        guard let pendingCount = reader.readUInt32() else { return nil }
        for _ in 0..<pendingCount {
            guard let leaf = reader.read(count: TreeHash.length).flatMap({ TreeHash($0) }),
                let id = reader.read(count: CaseID.length).flatMap({ CaseID($0) }), let index = reader.readUInt64(),
                let commitment = reader.read(count: TreeHash.length).flatMap({ TreeHash($0) }),
                let flag = reader.readUInt8()
            else { return nil }
            var due: EntryTime?
            if flag == 1 {
                guard let time = reader.readUInt64().flatMap({ EntryTime(seconds: $0) }) else { return nil }
                due = time
            }
            pending[leaf] = Pending(caseID: id, index: index, commitment: commitment, due: due)
        }
    }
}
