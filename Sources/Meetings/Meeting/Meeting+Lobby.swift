// SPDX-License-Identifier: Apache-2.0

import Base

/// Those who wait, and those who let them in.
extension Meeting {
    mutating func knock(_ knock: Knock, on connection: ConnectionID) {
        guard lobby.count < configuration.limits.knocks else {
            return refuseJoin(connection, .busy, because: .limit(.knocks))
        }
        lobby.append(Waiting(connection: connection, knock: knock))
        send(.waiting(hostPresent: isHostPresent), to: connection)
        send(.knock(knock), to: moderatorConnections())
    }

    @discardableResult
    mutating func withdrawKnock(at index: Int) -> Waiting {
        let waiting = lobby.remove(at: index)
        send(.knockGone(waiting.knock.participant), to: moderatorConnections())
        return waiting
    }

    mutating func admit(
        _ participant: ParticipantID,
        by actor: Int,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        guard permit(.admit, by: actor, on: connection) != nil else { return }
        guard let index = lobby.firstIndex(where: { $0.knock.participant == participant }) else {
            return refuse(connection, .noSuchParticipant, "admit")
        }
        guard members.count < configuration.limits.participants else { return refuse(connection, .full, "admit") }
        letIn(at: index, now: now, using: &randomness)
    }

    mutating func admitAll(
        by actor: Int,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        guard permit(.admit, by: actor, on: connection) != nil else { return }
        if !letAllIn(now: now, using: &randomness) { refuse(connection, .full, "admitAll") }
    }

    mutating func deny(_ participant: ParticipantID, by actor: Int, on connection: ConnectionID) {
        guard let act = permit(.deny, by: actor, on: connection) else { return }
        guard let index = lobby.firstIndex(where: { $0.knock.participant == participant }) else {
            return refuse(connection, .noSuchParticipant, "deny")
        }
        let waiting = withdrawKnock(at: index)
        refuseJoin(waiting.connection, .denied, because: .host(act))
    }

    mutating func setLobby(
        _ enabled: Bool,
        by actor: Int,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        guard permit(.lobby, by: actor, on: connection) != nil else { return }
        guard settings.lobby != enabled else { return }
        settings.lobby = enabled
        send(.meeting(settings), to: connections())
        // Without a lobby there is nothing to wait for.
        if !enabled, !letAllIn(now: now, using: &randomness) { refuse(connection, .full, "lobby") }
    }

    private mutating func letIn(at index: Int, now: Moment, using randomness: inout some Randomness) {
        let waiting = withdrawKnock(at: index)
        let view = ParticipantView(id: waiting.knock.participant, name: waiting.knock.name, role: .guest)
        enter(view, on: waiting.connection, now: now, using: &randomness)
    }

    /// False if the meeting was full before everybody was in; the rest go on waiting.
    private mutating func letAllIn(now: Moment, using randomness: inout some Randomness) -> Bool {
        while !lobby.isEmpty {
            guard members.count < configuration.limits.participants else { return false }
            letIn(at: 0, now: now, using: &randomness)
        }
        return true
    }
}
