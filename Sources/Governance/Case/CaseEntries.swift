// SPDX-License-Identifier: Apache-2.0

import Transparency

/// Writes a case's next entry.
struct CaseEntries {
    private let caseID: CaseID
    private let previous: TreeHash?
    private let time: EntryTime

    init(_ caseID: CaseID, _ previous: TreeHash?, _ time: EntryTime) {
        self.caseID = caseID
        self.previous = previous
        self.time = time
    }

    func entry(_ type: EntryType, _ fields: [(EntryField, String)]) throws(DeskRefusal) -> LogEntry {
        let link: [(EntryField, String)] = [(.caseID, caseID.text), (.previous, previous?.text ?? "none")]
        do throws(EntryRefusal) { return try LogEntry(type, at: time, link + fields) } catch { throw .entry(error) }
    }
}
