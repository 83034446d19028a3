// SPDX-License-Identifier: Apache-2.0

/// Who is enough. Groups contain only what stands before them, at most ``deepest`` levels: recursion ends.
extension Charter {
    /// True if the seats in `present`, by their places, satisfy a seat or a group. A seat counts once, however often it is listed.
    func isSatisfied(_ member: GroupMember, by present: [Int]) -> Bool {
        switch member {
        case .seat(let index):
            return present.contains(index)
        case .group(let index):
            let group = groups[index]
            var count = 0
            for member in group.members where isSatisfied(member, by: present) { count += 1 }
            // A threshold of zero can't be written; if one came about all the same, it would mean no.
            return group.threshold > 0 && count >= group.threshold
        }
    }

    /// True if these seats satisfy the quorum, and are different enough.
    public func isSatisfied(_ rule: ActionRule, by names: [Name]) -> Bool {
        let present = names.compactMap { index(of: $0) }
        return isSatisfied(rule.quorum, by: present) && isDistinct(rule, present)
    }

    /// Countries and organisations among the seats that count in this quorum.
    func isDistinct(_ rule: ActionRule, _ present: [Int]) -> Bool {
        let counted = seats(below: rule.quorum)
        var homes: [Country] = []
        var organisations: [Name] = []
        for index in present where counted.contains(index) {
            let seat = seats[index]
            if let home = seat.home, !homes.contains(home) { homes.append(home) }
            if !organisations.contains(seat.organisation) { organisations.append(seat.organisation) }
        }
        return homes.count >= rule.jurisdictions ?? 0 && organisations.count >= rule.organisations ?? 0
    }

    /// The seats of a quorum, by their places, in order.
    func seats(below quorum: GroupMember) -> [Int] {
        var found: [Int] = []
        var waiting = [quorum]
        while let member = waiting.popLast() {
            switch member {
            case .seat(let index): found.append(index)
            case .group(let index): waiting += groups[index].members
            }
        }
        return found.sorted()
    }

    /// The fewest seats that satisfy a seat or a group.
    func fewestSeats(_ member: GroupMember) -> Int {
        switch member {
        case .seat: return 1
        case .group(let index):
            let group = groups[index]
            return group.members.map { fewestSeats($0) }.sorted().prefix(group.threshold).reduce(0, +)
        }
    }
}
