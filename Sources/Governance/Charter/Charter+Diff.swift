// SPDX-License-Identifier: Apache-2.0

import Transparency

extension Charter {
    /// What another version changes, in plain words; nothing if nothing changes but version and dates.
    public func changes(to new: Charter) -> [String] {
        var lines: [String] = []
        for seat in seats where new.seat(seat.name) == nil {
            lines.append("Seat \(seat.name.text) (\(seat.role.text), \(seat.organisation.text)) is gone.")
        }
        for seat in new.seats {
            guard let old = self.seat(seat.name) else {
                lines.append("Seat \(seat.name.text) is new: \(seat.words).")
                continue
            }
            if old.role != seat.role {
                lines.append("Seat \(seat.name.text): \(old.role.text) becomes \(seat.role.text).")
            }
            if old.holder != seat.holder { lines.append("Seat \(seat.name.text): another person holds it.") }
            if old.organisation != seat.organisation || old.jurisdictions != seat.jurisdictions {
                lines.append("Seat \(seat.name.text): was \(old.words), is \(seat.words).")
            }
            if old.credentials != seat.credentials { lines.append("Seat \(seat.name.text): other passkeys.") }
            if old.since != seat.since || old.until != seat.until {
                lines.append("Seat \(seat.name.text): another term of office.")
            }
        }
        for action in Action.allCases { lines += changes(to: new, of: action) }
        if logPolicy != new.logPolicy {
            lines.append("Another log policy: other witnesses count, or another number of them.")
        }
        return lines
    }

    private func changes(to new: Charter, of action: Action) -> [String] {
        let before = rule(for: action) == nil ? [] : explain(action)
        let after = new.rule(for: action) == nil ? [] : new.explain(action)
        if before.isEmpty, !after.isEmpty { return ["\(action.text) becomes possible:"] + after.map { "  + " + $0 } }
        if after.isEmpty, !before.isEmpty { return ["\(action.text) is no longer possible."] }
        let gone = before.filter { line in !after.contains { $0.utf8.elementsEqual(line.utf8) } }
        let come = after.filter { line in !before.contains { $0.utf8.elementsEqual(line.utf8) } }
        guard !gone.isEmpty || !come.isEmpty else { return [] }
        return ["\(action.text):"] + gone.map { "  - " + $0 } + come.map { "  + " + $0 }
    }
}

extension Seat {
    /// `counsel, org-a, NL+BE`.
    fileprivate var words: String {
        var countries = ""
        for country in jurisdictions { countries += (countries.isEmpty ? "" : "+") + country.text }
        return "\(role.text), \(organisation.text), \(countries)"
    }
}
