// SPDX-License-Identifier: Apache-2.0

import Driver
import StandInCrypto
import Transparency

fuzz { input in
    // Entries one after another, with an empty line between them.
    var book = CaseBook<StandInCrypto>()
    var rest = [UInt8](input)[...]
    var index: UInt64 = 0
    while !rest.isEmpty {
        let end = rest.indices.first { $0 > rest.startIndex && rest[$0] == 0x0A && rest[$0 - 1] == 0x0A } ?? rest.endIndex
        let bytes = Array(rest[..<end])
        rest = rest[end...].dropFirst()
        if let entry = try? LogEntry(parsing: bytes) {
            precondition(entry.encoded == bytes, "another spelling of an entry")
            precondition((try? ReadEntry(parsing: bytes)) == .known(entry))
        }
        guard let entry = try? ReadEntry(parsing: bytes) else { continue }
        try? book.admit(entry, leaf: MerkleTree<StandInCrypto>.leafHash(bytes), index: index)
        _ = book.overdue(at: entry.time)
        index += 1
    }
}
