// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

extension CharterReader {
    /// The lines of one action, if it has any: `quorum`, `distinct`, `exclude`, `timelock`, `notice`, `embargo`, `effect`, `expiry`.
    mutating func readRule(of action: Action) throws(CharterRefusal) {
        guard let items = next("quorum", action) else { return }
        guard items.count == 1 else { throw refusal(.wrongItemCount) }
        var rule = ActionRule(quorum: try member(items[0]))
        do throws(CharterRule) { try charter.checkDisjoint(rule.quorum) } catch { throw refusal(error) }
        try advance()
        try readDistinct(action, &rule)
        if let items = next("exclude", action) {
            guard 1...3 ~= items.count else { throw refusal(.wrongItemCount) }
            for item in items {
                guard let exclusion = Exclusion(parsing: item), !rule.exclusions.contains(exclusion) else {
                    throw refusal(.invalidItem)
                }
                rule.exclusions.append(exclusion)
            }
            // One order of the words, that of their list.
            guard rule.exclusions == Exclusion.allCases.filter({ rule.exclusions.contains($0) }) else {
                throw refusal(.notCanonical)
            }
            try advance()
        }
        rule.timelock = try readTerm("timelock", action)
        try readNotice(action, &rule)
        rule.embargo = try readTerm("embargo", action)
        try readEffect(action, &rule)
        rule.expiry = try readTerm("expiry", action)
        charter.rules.append((action, rule))
    }

    private mutating func readDistinct(_ action: Action, _ rule: inout ActionRule) throws(CharterRefusal) {
        while let items = next("distinct", action) {
            guard items.count == 2 else { throw refusal(.wrongItemCount) }
            guard let count = number(items[1], within: 2...Charter.mostOfAKind) else { throw refusal(.invalidItem) }
            if items[0].isWord("jurisdiction"), rule.jurisdictions == nil, rule.organisations == nil {
                rule.jurisdictions = count
            } else if items[0].isWord("organisation"), rule.organisations == nil {
                rule.organisations = count
            } else {
                throw refusal(.invalidItem)
            }
            try advance()
        }
    }

    private mutating func readTerm(_ keyword: StaticString, _ action: Action) throws(CharterRefusal) -> Term? {
        guard let items = next(keyword, action) else { return nil }
        guard items.count == 1 else { throw refusal(.wrongItemCount) }
        guard let term = Term(parsing: items[0]) else { throw refusal(.invalidItem) }
        try advance()
        return term
    }

    private mutating func readNotice(_ action: Action, _ rule: inout ActionRule) throws(CharterRefusal) {
        guard let items = next("notice", action) else { return }
        if items.count == 1, items[0].isWord("at-once") {
            rule.notice = .atOnce
        } else {
            guard items.count == 2 else { throw refusal(.wrongItemCount) }
            guard items[0].isWord("before"), let term = Term(parsing: items[1]) else { throw refusal(.invalidItem) }
            rule.notice = .before(term)
        }
        try advance()
    }

    private mutating func readEffect(_ action: Action, _ rule: inout ActionRule) throws(CharterRefusal) {
        guard let items = next("effect", action) else { return }
        guard items.count == 2 else { throw refusal(.wrongItemCount) }
        if items[0].isWord("fields"), let count = number(items[1], within: 1...16) {
            rule.effect = .fields(count)
        } else if items[0].isWord("term"), let term = Term(parsing: items[1]) {
            rule.effect = .term(term)
        } else {
            throw refusal(.invalidItem)
        }
        try advance()
    }
}
