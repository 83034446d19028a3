// SPDX-License-Identifier: Apache-2.0

import Transparency

extension CaseDesk {
    /// Takes in an entry that is in the log already, and what its texts add to it.
    ///
    /// - Parameters:
    ///   - step: the signed step that the entry names, if it is at hand.
    ///   - order: the order that a `proposed` names, if it is at hand.
    mutating func restore(
        _ entry: LogEntry,
        under charter: Charter,
        step: Step?,
        order: Order?
    ) throws(CaseRule) {
        let before = progress.state
        try progress.admit(entry, under: charter)
        let actor = entry.text(.actor).flatMap { Name($0) }
        switch entry.type {
        case .docket:
            if case .docket(_, _, let earlier)? = step?.deed { self.earlier = earlier }
        case .check:
            guard let actor, before != .received, entry.isField(.outcome, "passed"), !checkers.contains(actor) else {
                return
            }
            checkers.append(actor)
        case .proposed:
            self.order = order
            approvers = []
        case .approval:
            approvers.removeAll { $0 == actor }
            if let actor, entry.isField(.decision, "approve"), entry.isField(.stage, "confirm") {
                approvers.append(actor)
            }
        default: break
        }
    }
}

extension LogEntry {
    func isField(_ field: EntryField, _ word: StaticString) -> Bool {
        text(field).map { Array($0.utf8)[...].isWord(word) } ?? false
    }
}
