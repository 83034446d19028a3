// SPDX-License-Identifier: Apache-2.0

import Transparency

extension Charter {
    /// Who could do this to whom, how fast, and who could stop it: lines for people.
    public func explain(_ action: Action) -> [String] {
        guard let rule = rule(for: action) else {
            return ["Nobody can do this under this charter: it has no quorum for \(action.text)."]
        }
        var lines = [what(action, rule)]
        lines.append("It takes \(words(for: rule.quorum)).")
        if let count = rule.jurisdictions { lines.append("They must live in at least \(count) different countries.") }
        if let count = rule.organisations { lines.append("They must be of at least \(count) different organisations.") }
        for exclusion in rule.exclusions { lines.append(words(for: exclusion)) }
        switch action {
        case .halt, .seatRevoke:
            lines.append("It works at once, wherever it is seen.")
            return lines
        case .charter:
            if let lock = rule.timelock {
                lines.append(
                    "Keepers of the old version and of the new one must sign; it works \(lock.words) after it was logged."
                )
            }
            return lines
        default: break
        }
        lines.append(
            "Everybody approves twice, \(action == .discloseEmergency ? "5" : "30") minutes apart by the witnesses' clocks."
        )
        if let lock = rule.timelock {
            lines.append("After the last approval it waits \(lock.words), by the witnesses' clocks.")
        }
        switch rule.notice {
        case .before(let term): lines.append("The person is told at least \(term.words) before.")
        case .atOnce: lines.append("The person is told with the act.")
        case nil: break
        }
        if let embargo = rule.embargo {
            lines.append("A dated embargo can put that off by at most \(embargo.words) after the act.")
        }
        if let expiry = rule.expiry { lines.append("An order is void \(expiry.words) after its draft.") }
        if action == .discloseEmergency {
            lines.append("It is void unless the quorum of disclose ratifies it in 48 hours.")
        }
        if let halt = self.rule(for: .halt) {
            lines.append("It can be stopped at any time by \(words(for: halt.quorum)).")
        }
        if seats.contains(where: { $0.role == .advocate }) {
            lines.append("It needs an advocate's signed word, after the wait, that nothing stops it.")
        }
        return lines
    }

    private func what(_ action: Action, _ rule: ActionRule) -> String {
        switch (action, rule.effect) {
        case (.disclose, .fields(let count)?), (.discloseEmergency, .fields(let count)?):
            "\(action.text): at most \(count) listed fields of one sealed record go to the key that the order names."
        case (.suspend, .term(let term)?):
            "suspend: one account is out of use for at most \(term.words), then works again by itself."
        case (.eject, _): "eject: one member is put out of one meeting."
        case (.endMeeting, _):
            "end-meeting: nodes stop carrying one meeting, after the sender was ejected without success."
        case (.halt, _): "halt: one order is stopped."
        case (.seatRevoke, _): "seat-revoke: one seat's approvals don't count for 14 days, or until the keepers decide."
        case (.charter, _): "charter: these rules get a new version."
        default: action.text
        }
    }

    private func words(for exclusion: Exclusion) -> String {
        switch exclusion {
        case .requesterJurisdiction: "Nobody with a tie to the requester's country counts."
        case .proposer: "The seat that proposed it doesn't count, nor does its organisation."
        case .evidenceSource: "A seat that brought evidence doesn't count, nor does its organisation."
        }
    }

    /// `3 of (alice, bob, carol) and 1 of (frank)`; nesting is at most ``deepest``.
    func words(for member: GroupMember) -> String {
        switch member {
        case .seat(let index):
            return seats[index].name.text
        case .group(let index):
            let group = groups[index]
            var words = ""
            for member in group.members {
                if !words.isEmpty { words += ", " }
                words += self.words(for: member)
            }
            if group.members.count == 1 { return words }
            return group.threshold == group.members.count
                ? "all of (\(words))" : "\(group.threshold) of (\(words))"
        }
    }
}
