// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Transparency

/// A case's entries, one after another.
struct CaseStory {
    let caseID: CaseID
    private(set) var last: TreeHash?
    private var seconds: UInt64 = 1_790_000_000

    init(seed: UInt64) {
        var randomness = SeededRandomness(seed: seed)
        caseID = CaseID.random(using: &randomness)
    }

    /// An entry that follows whatever is named.
    func entry(
        _ type: EntryType,
        after previous: TreeHash?,
        at time: UInt64? = nil,
        _ fields: [(EntryField, String)]
    ) throws -> LogEntry {
        let link: [(EntryField, String)] = [(.caseID, caseID.text), (.previous, previous?.text ?? "none")]
        return try LogEntry(type, at: Entries.time(time ?? seconds), link + fields)
    }

    /// The entry that belongs next.
    mutating func next(_ type: EntryType, _ fields: [(EntryField, String)]) throws -> LogEntry {
        let entry = try entry(type, after: last, fields)
        last = Entries.leaf(entry)
        seconds += 60
        return entry
    }
}
