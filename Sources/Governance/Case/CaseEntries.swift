// SPDX-License-Identifier: Apache-2.0

import Transparency

/// Writes a case's next entry.
struct CaseEntries {
    private let caseID: CaseID
    private let previous: TreeHash?
    private let time: EntryTime
    private let assertion: DocumentHash?

    /// - Parameter assertion: the signed text by which the seat took the step.
    init(_ caseID: CaseID, _ previous: TreeHash?, _ time: EntryTime, assertion: DocumentHash? = nil) {
        self.caseID = caseID
        self.previous = previous
        self.time = time
        self.assertion = assertion
    }

    func entry(_ type: EntryType, _ fields: [(EntryField, String)]) throws(DeskRefusal) -> LogEntry {
        let link: [(EntryField, String)] = [(.caseID, caseID.text), (.previous, previous?.text ?? "none")]
        var signed: [(EntryField, String)] = []
        if let assertion { signed.append((.assertion, assertion.text)) }
        do throws(EntryRefusal) { return try LogEntry(type, at: time, link + fields + signed) } catch {
            throw .entry(error)
        }
    }
}
