// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// A charter being put together. Nothing is checked: its text is what is read.
struct CharterDraft {
    private(set) var charter: Charter

    init(deployment: Name, issued: EntryTime, logPolicy: DocumentHash, seats: [Seat]) {
        charter = Charter(
            version: 1,
            previous: nil,
            deployment: deployment,
            issued: issued,
            expires: EntryTime(seconds: issued.seconds + 365 * 86_400) ?? issued,
            logPolicy: logPolicy,
            seats: seats,
            groups: [],
            rules: []
        )
    }

    mutating func addPair() {
        let officers = seats { $0.role.approves }
        let both = group("both-officers", officers.count, officers)
        let anybody = group("anybody", 1, seats { $0.role != .liaison })
        for action in [.disclose, .eject, .suspend] as [Action] {
            var rule = CharterDraft.rule(of: action, both)
            rule.organisations = 2
            add(action, rule)
        }
        add(.halt, ActionRule(quorum: anybody))
        add(.seatRevoke, ActionRule(quorum: anybody))
        let keepers = seats { $0.role == .keeper }
        addChange(group("keepers", keepers.count, keepers))
    }

    mutating func addCouncil() {
        let counsel = seats { $0.role == .counsel }
        let external = seats { $0.role == .external }
        let two = group("counsel-two", 2, counsel)
        let three = group("counsel-three", 3, counsel)
        let four = group("counsel-four", 4, counsel)
        let one = group("external-one", 1, external)
        let pair = group("external-two", 2, external)
        let few = group("few", 2, [two, one])
        let many = group("many", 2, [three, one])
        let most = group("most", 2, [four, pair])
        let advocates = group("advocate-any", 1, seats { $0.role == .advocate })
        let others = group("any-two", 2, seats { $0.role != .liaison && $0.role != .advocate })
        let stop = group("stop", 1, [advocates, others])
        for (action, quorum, countries) in [
            (.disclose, many, 3), (.discloseEmergency, few, 3), (.eject, few, 3), (.suspend, many, 3),
            (.endMeeting, most, 4),
        ] as [(Action, GroupMember, Int)] {
            var rule = CharterDraft.rule(of: action, quorum)
            rule.jurisdictions = countries
            rule.organisations = 2
            add(action, rule)
        }
        add(.halt, ActionRule(quorum: stop))
        add(.seatRevoke, ActionRule(quorum: stop))
        let keepers = seats { $0.role == .keeper }
        // Five of seven.
        addChange(group("keepers", (keepers.count * 5 + 6) / 7, keepers))
    }

    /// Locks, notice and effect as in governance.md §9.2.
    private static func rule(of action: Action, _ quorum: GroupMember) -> ActionRule {
        var rule = ActionRule(quorum: quorum)
        rule.exclusions = Exclusion.allCases
        rule.expiry = Term(30, .days)
        switch action {
        case .disclose:
            rule.timelock = Term(72, .hours)
            rule.notice = Term(24, .hours).map { .before($0) }
            rule.embargo = Term(366, .days)
            rule.effect = .fields(8)
        case .discloseEmergency:
            rule.timelock = Term(1, .hours)
            rule.notice = .atOnce
            rule.embargo = Term(30, .days)
            rule.effect = .fields(3)
        case .suspend:
            rule.timelock = Term(7, .days)
            rule.notice = Term(72, .hours).map { .before($0) }
            rule.effect = Term(30, .days).map { .term($0) }
        case .endMeeting:
            rule.timelock = Term(24, .hours)
            rule.notice = .atOnce
        default:
            rule.timelock = Term(1, .hours)
            rule.notice = .atOnce
        }
        return rule
    }

    private mutating func addChange(_ quorum: GroupMember) {
        var rule = ActionRule(quorum: quorum)
        rule.timelock = Term(14, .days)
        add(.charter, rule)
    }

    private mutating func add(_ action: Action, _ rule: ActionRule) { charter.rules.append((action, rule)) }

    private func seats(where isWanted: (Seat) -> Bool) -> [GroupMember] {
        var found: [GroupMember] = []
        for (index, seat) in charter.seats.enumerated() where isWanted(seat) { found.append(.seat(index)) }
        return found
    }

    private mutating func group(_ name: StaticString, _ threshold: Int, _ members: [GroupMember]) -> GroupMember {
        if let name = Name([UInt8](word: name)) {
            charter.groups.append(Group(name: name, threshold: threshold, members: members))
        }
        return .group(charter.groups.count - 1)
    }
}
