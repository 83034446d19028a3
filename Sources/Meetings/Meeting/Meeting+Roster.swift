// SPDX-License-Identifier: Apache-2.0

import Base

/// Telling everybody who is here and how they look: at once, or, in a meeting that sends more than it may, later and then
/// only how it is by then. Nothing about the roster is ever lost, and what changed in between is never sent.
extension Meeting {
    /// To everybody, the participant included: what it looks like now.
    mutating func showChange(of index: Int) {
        announce(RosterChange(participant: members[index].id, kind: .view(tellsSelf: true)))
    }

    /// The same to the others only.
    mutating func showOthers(_ index: Int) {
        announce(RosterChange(participant: members[index].id, kind: .view(tellsSelf: false)))
    }

    mutating func showLeft(_ participant: ParticipantID, _ reason: LeftReason) {
        announce(RosterChange(participant: participant, kind: .left(reason)))
    }

    /// Whether so much is untold that nobody should come in: each who comes and goes leaves something to tell.
    var isRosterBehind: Bool { untold.count > 2 * configuration.limits.participants }

    private mutating func announce(_ change: RosterChange) {
        if let index = untold.firstIndex(where: { $0.participant == change.participant }) {
            untold[index].kind = RosterChange.Kind.merging(untold[index].kind, change.kind)
        } else if !untold.isEmpty || !tell(change) {
            untold.append(change)
        }
    }

    /// What waits, as far as the budget goes.
    mutating func tellUntold() {
        while let change = untold.first, tell(change) { untold.removeFirst() }
    }

    /// When there is something to tell and leave to tell it.
    var tellsUntoldAt: Moment? {
        untold.first.map { deliveries.ready(size: 0, receivers: receivers(of: $0).count) }
    }

    private mutating func tell(_ change: RosterChange) -> Bool {
        let receivers = receivers(of: change)
        guard deliveries.take(size: 0, receivers: receivers.count) else { return false }
        switch change.kind {
        case .left(let reason): send(.left(change.participant, reason), to: receivers)
        case .view:
            guard let index = index(of: change.participant) else { break }
            send(.participant(members[index].view), to: receivers)
        }
        return true
    }

    private func receivers(of change: RosterChange) -> [ConnectionID] {
        connections(except: change.kind == .view(tellsSelf: false) ? change.participant : nil)
    }
}

extension RosterChange.Kind {
    fileprivate static func merging(_ earlier: Self, _ later: Self) -> Self {
        if case .view(true) = earlier, case .view(false) = later { earlier } else { later }
    }
}
