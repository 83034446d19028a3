// SPDX-License-Identifier: Apache-2.0

import Base

/// Telling those inside whose socket is there and who waits: at once, or, in a meeting that sends more than it may, later and
/// then only how it is by then. Nothing of it is ever lost, and what changed in between is never sent.
extension Meeting {
    mutating func announce(_ notice: Notice) {
        if untold.contains(notice) { return }
        if !untold.isEmpty || !tell(notice) { untold.append(notice) }
    }

    /// What waits, as far as the budget goes.
    mutating func tellUntold() {
        while let notice = untold.first, tell(notice) { untold.removeFirst() }
    }

    /// Whether so much is untold that nobody should come to the door: each who comes and goes leaves something to tell.
    var isBehind: Bool { untold.count > 2 * configuration.limits.participants }

    /// When there is something to tell and leave to tell it.
    var tellsUntoldAt: Moment? {
        untold.first.map { notice in
            deliveries.ready(size: size(of: message(notice)), receivers: receivers(of: notice).count)
        }
    }

    private mutating func tell(_ notice: Notice) -> Bool {
        guard let message = message(notice) else { return true }
        let receivers = receivers(of: notice)
        guard deliveries.take(size: size(of: message), receivers: receivers.count) else { return false }
        send(message, to: receivers)
        return true
    }

    private func message(_ notice: Notice) -> ServerMessage? {
        switch notice.kind {
        case .presence: index(of: notice.participant).map { .participant(members[$0].presence) }
        case .knock:
            // The same person may wait twice; the later knock is the one that counts.
            outsiders.last { $0.participant == notice.participant && $0.knock != nil }?.sealedKnock.map { .knock($0) }
                ?? .knockGone(notice.participant)
        }
    }

    private func size(of message: ServerMessage?) -> Int { message?.size ?? 0 }

    private func receivers(of notice: Notice) -> [ConnectionID] {
        connections(except: notice.kind == .presence ? notice.participant : nil)
    }
}

extension ServerMessage {
    /// Roughly, what it weighs on the way.
    var size: Int {
        switch self {
        case .commit(_, _, let bytes), .proposal(_, let bytes), .message(_, _, let bytes): bytes.count
        case .reopened(_, _, let refusals): refusals.reduce(0) { $0 + $1.count }
        case .knock(let knock): knock.knock.count
        default: 0
        }
    }
}
