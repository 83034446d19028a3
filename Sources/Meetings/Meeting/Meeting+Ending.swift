// SPDX-License-Identifier: Apache-2.0

import Base

/// The end, in its kinds.
extension Meeting {
    mutating func end(by actor: ParticipantID, on connection: ConnectionID) {
        guard let act = HostAct.judge(.end, by: actor, role: epoch.role(of: actor)) else {
            return refuse(connection, .notAllowed, "end")
        }
        let everybody = connections()
        send(.ended(by: act.by), to: everybody)
        for connection in everybody { close(connection, .ended, because: .host(act)) }
        for outsider in outsiders { refuseJoin(outsider.connection, .ended, because: .host(act)) }
        finish(because: .host(act))
    }

    mutating func drain() {
        guard !isDraining else { return }
        isDraining = true
        send(.draining, to: connections())
        let waiting = outsiders
        outsiders = []
        for outsider in waiting { refuseJoin(outsider.connection, .draining, because: .processEnding) }
    }

    mutating func stop() {
        for connection in connections() { close(connection, .restart, because: .processEnding) }
        for outsider in outsiders { refuseJoin(outsider.connection, .draining, because: .processEnding) }
        finish(because: .processEnding)
    }

    /// Nothing of the meeting is kept.
    mutating func finish(because cause: Cause) {
        members = []
        outsiders = []
        voidTokens = []
        contested = nil
        backlog = Backlog(limits: configuration.limits)
        untold = []
        isOver = true
        perform(.close)
        actions.append(.ended(because: cause))
    }
}
