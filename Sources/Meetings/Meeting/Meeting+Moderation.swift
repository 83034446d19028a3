// SPDX-License-Identifier: Apache-2.0

import Base

/// What hosts and co-hosts do to the meeting and to others.
extension Meeting {
    /// The proof that the member may do it; otherwise it is told so.
    mutating func permit(_ kind: HostAct.Kind, by actor: Int, on connection: ConnectionID) -> HostAct? {
        let member = members[actor]
        if let act = HostAct.judge(kind, by: member.id, role: member.view.role) { return act }
        refuse(connection, .notAllowed, kind.rawValue)
        return nil
    }

    /// The same for an act on somebody, with where that somebody is.
    private mutating func permit(
        _ kind: HostAct.Kind,
        on target: ParticipantID,
        by actor: Int,
        on connection: ConnectionID
    ) -> (act: HostAct, index: Int)? {
        let member = members[actor]
        // Guests don't learn from the answer who is here.
        guard member.view.role.moderates else {
            refuse(connection, .notAllowed, kind.rawValue)
            return nil
        }
        guard let index = index(of: target) else {
            refuse(connection, .noSuchParticipant, kind.rawValue)
            return nil
        }
        let role = members[index].view.role
        guard let act = HostAct.judge(kind, by: member.id, role: member.view.role, on: target, role: role) else {
            refuse(connection, .notAllowed, kind.rawValue)
            return nil
        }
        return (act, index)
    }

    mutating func mute(_ target: ParticipantID, by actor: Int, on connection: ConnectionID) {
        guard let (act, index) = permit(.mute, on: target, by: actor, on: connection) else { return }
        silence(index, act)
    }

    /// Everybody whom the actor may mute.
    mutating func muteAll(by actor: Int, on connection: ConnectionID) {
        let member = members[actor]
        guard member.view.role.moderates else { return refuse(connection, .notAllowed, "muteAll") }
        for index in members.indices {
            let target = members[index].view
            let act = HostAct.judge(.mute, by: member.id, role: member.view.role, on: target.id, role: target.role)
            if let act { silence(index, act) }
        }
    }

    /// The packets stop here, whatever the client does; it says itself when it wants to be heard again.
    private mutating func silence(_ index: Int, _ act: HostAct) {
        guard !members[index].isMutedByHost else { return }
        members[index].isMutedByHost = true
        perform(.pause(members[index].microphone, true))
        if let connection = members[index].connection { send(.muted(by: act.by), to: connection) }
        guard members[index].view.microphone else { return }
        members[index].view.microphone = false
        showChange(of: index)
    }

    mutating func remove(_ target: ParticipantID, by actor: Int, on connection: ConnectionID) {
        guard let (act, index) = permit(.remove, on: target, by: actor, on: connection) else { return }
        let member = members[index]
        voidTokens.append(VoidToken(token: member.resume, act: act))
        if voidTokens.count > configuration.limits.voidTokens { voidTokens.removeFirst() }
        part(at: index, .removed)
        guard let removed = member.connection else { return }
        send(.removed(by: act.by), to: removed)
        close(removed, .removed, because: .host(act))
    }

    mutating func setLocked(_ locked: Bool, by actor: Int, on connection: ConnectionID) {
        guard let act = permit(.lock, by: actor, on: connection) else { return }
        guard settings.locked != locked else { return }
        settings.locked = locked
        lockAct = locked ? act : nil
        send(.meeting(settings), to: connections())
    }

    mutating func lowerHand(of target: ParticipantID, by actor: Int, on connection: ConnectionID) {
        guard let (_, index) = permit(.lowerHand, on: target, by: actor, on: connection) else { return }
        guard members[index].view.hand else { return }
        members[index].view.hand = false
        showChange(of: index)
    }

    mutating func setRole(of target: ParticipantID, _ isCohost: Bool, by actor: Int, on connection: ConnectionID) {
        guard let (_, index) = permit(.role, on: target, by: actor, on: connection) else { return }
        let role = isCohost ? Role.cohost : .guest
        guard members[index].view.role != role else { return }
        members[index].view.role = role
        showChange(of: index)
        guard isCohost, let target = members[index].connection else { return }
        for person in lobby { send(.knock(person.knock), to: target) }
    }

    mutating func end(by actor: Int, on connection: ConnectionID) {
        guard let act = permit(.end, by: actor, on: connection) else { return }
        let everybody = connections()
        send(.ended(by: act.by), to: everybody)
        for connection in everybody { close(connection, .ended, because: .host(act)) }
        for person in lobby { refuseJoin(person.connection, .ended, because: .host(act)) }
        finish(because: .host(act))
    }
}
