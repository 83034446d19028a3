// SPDX-License-Identifier: Apache-2.0

/// What no charter can fall below: these rules are code (governance.md §9.2, design §6).
extension Charter {
    func checkFloors() throws(CharterRule) {
        for (action, rule) in rules {
            try checkRoles(action, rule)
            if action.actsOnSomebody {
                try checkAct(action, rule)
            } else if action == .charter {
                try checkChange(rule)
            } else {
                try checkStop(action, rule)
            }
        }
        try checkStops()
    }

    /// No seat or group twice below one quorum: nobody counts twice.
    func checkDisjoint(_ quorum: GroupMember) throws(CharterRule) {
        var seen: [GroupMember] = []
        var waiting = [quorum]
        while let member = waiting.popLast() {
            guard !seen.contains(member) else { throw .memberTwice }
            seen.append(member)
            if case .group(let index) = member { waiting += groups[index].members }
        }
    }

    private func checkRoles(_ action: Action, _ rule: ActionRule) throws(CharterRule) {
        for index in seats(below: rule.quorum) {
            let role = seats[index].role
            let isRight =
                switch action {
                case .charter: role == .keeper
                case .halt, .seatRevoke: role != .liaison
                default: role.approves
                }
            guard isRight else { throw .wrongRole(action) }
        }
        let below = seats(below: rule.quorum).map { seats[$0] }
        var homes: [Country] = []
        var organisations: [Name] = []
        for seat in below {
            if let home = seat.home, !homes.contains(home) { homes.append(home) }
            if !organisations.contains(seat.organisation) { organisations.append(seat.organisation) }
        }
        guard rule.jurisdictions ?? 0 <= homes.count, rule.organisations ?? 0 <= organisations.count else {
            throw .distinctUnreachable(action)
        }
    }

    private func checkAct(_ action: Action, _ rule: ActionRule) throws(CharterRule) {
        guard fewestSeats(rule.quorum) >= 2 else { throw .oneSeatSuffices(action) }
        guard rule.exclusions == Exclusion.allCases else { throw .exclusionMissing(action) }
        guard let timelock = rule.timelock else { throw .timelockMissing(action) }
        guard timelock.seconds >= Charter.actFloor else { throw .timelockTooShort(action) }
        switch (action, rule.notice) {
        case (.disclose, .before(let term)?), (.suspend, .before(let term)?):
            guard term.seconds >= Charter.actFloor else { throw .wrongNotice(action) }
        case (.discloseEmergency, .atOnce?), (.eject, .atOnce?), (.endMeeting, .atOnce?): break
        default: throw .wrongNotice(action)
        }
        if let embargo = rule.embargo {
            let most = action == .discloseEmergency ? Charter.thirtyDays : Charter.longestEmbargo
            guard embargo.seconds <= most else { throw .embargoTooLong(action) }
        }
        switch (action, rule.effect) {
        case (.disclose, .fields(let count)?): if count > 16 { throw .wrongEffect(action) }
        case (.discloseEmergency, .fields(let count)?): if count > 3 { throw .wrongEffect(action) }
        case (.suspend, .term(let term)?): if term.seconds > Charter.thirtyDays { throw .wrongEffect(action) }
        case (.eject, nil), (.endMeeting, nil): break
        default: throw .wrongEffect(action)
        }
        guard let expiry = rule.expiry, expiry.seconds <= Charter.thirtyDays else { throw .wrongExpiry(action) }
    }

    private func checkChange(_ rule: ActionRule) throws(CharterRule) {
        guard fewestSeats(rule.quorum) >= 2 else { throw .oneSeatSuffices(.charter) }
        guard let timelock = rule.timelock else { throw .timelockMissing(.charter) }
        guard timelock.seconds >= Charter.changeFloor else { throw .timelockTooShort(.charter) }
        guard rule.exclusions.isEmpty else { throw .exclusionMissing(.charter) }
        guard rule.notice == nil, rule.embargo == nil else { throw .wrongNotice(.charter) }
        guard rule.effect == nil else { throw .wrongEffect(.charter) }
        guard rule.expiry == nil else { throw .wrongExpiry(.charter) }
    }

    private func checkStop(_ action: Action, _ rule: ActionRule) throws(CharterRule) {
        guard rule == ActionRule(quorum: rule.quorum) else { throw .reducingPowerIsSlow(action) }
    }

    private func checkStops() throws(CharterRule) {
        guard rules.contains(where: { $0.action.actsOnSomebody }) else { return }
        guard let halt = rule(for: .halt), rule(for: .seatRevoke) != nil else { throw .nothingStopsActs }
        for (index, seat) in seats.enumerated() where seat.role == .advocate {
            guard isSatisfied(halt.quorum, by: [index]) else { throw .advocateCannotHalt }
        }
    }
}
