// SPDX-License-Identifier: Apache-2.0

import Base

/// Coming and going.
extension Meeting {
    mutating func join(
        _ connection: ConnectionID,
        _ request: JoinRequest,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        guard !isDraining else { return refuseJoin(connection, .draining, because: .processEnding) }
        let isHost = hostLock.opens(with: request.hostToken, hash: configuration.hash)
        if let token = request.resume {
            if let void = voidTokens.first(where: { $0.token == token }) {
                return refuseJoin(connection, .removed, because: .host(void.act))
            }
            if let index = members.firstIndex(where: { $0.resume == token }) {
                return resume(index, on: connection, isHost: isHost, media: request.media, now: now)
            }
            // The grace period is over: whoever it was comes in like anyone else.
        }
        // The host token opens the door from outside too: else a host who left a locked meeting couldn't unlock it.
        if let lockAct, !isHost { return refuseJoin(connection, .locked, because: .host(lockAct)) }
        guard members.count < configuration.limits.participants else {
            return refuseJoin(connection, .full, because: .limit(.participants))
        }
        guard !isRosterBehind else { return refuseJoin(connection, .busy, because: .limit(.deliveries)) }
        let id = unusedParticipant(using: &randomness)
        if settings.lobby, !isHost {
            knock(Knock(participant: id, name: request.name), on: connection)
        } else {
            let view = ParticipantView(id: id, name: request.name, role: isHost ? .host : .guest)
            enter(view, on: connection, now: now, using: &randomness)
        }
    }

    private func unusedParticipant(using randomness: inout some Randomness) -> ParticipantID {
        while true {
            let id = ParticipantID(using: &randomness)
            if index(of: id) == nil, !lobby.contains(where: { $0.knock.participant == id }) { return id }
        }
    }

    mutating func enter(
        _ view: ParticipantView,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        let token = ResumeToken(using: &randomness)
        members.append(Member(view: view, resume: token, connection: connection))
        perform(.join(view.id))
        welcome(members.count - 1, resumed: false, now: now)
        showOthers(members.count - 1)
    }

    private mutating func resume(
        _ index: Int,
        on connection: ConnectionID,
        isHost: Bool,
        media: JoinRequest.MediaChoice,
        now: Moment
    ) {
        if let old = members[index].connection { close(old, .superseded, because: .ownAct) }
        let before = members[index].view
        members[index].connection = connection
        members[index].graceEnds = nil
        members[index].view.connected = true
        if isHost { members[index].view.role = .host }
        // An answer to it may have been lost with the old socket; the client offers again if it misses one.
        members[index].openPublish = nil
        if media == .new {
            members[index].openOffer = nil
            if members[index].quality != .good {
                members[index].quality = .good
                send(.quality(before.id, .good), to: connections(except: before.id))
            }
            perform(.leave(before.id))
            perform(.join(before.id))
            if members[index].isMutedByHost { perform(.pause(members[index].microphone, true)) }
        }
        welcome(index, resumed: true, now: now)
        if let open = members[index].openOffer {
            send(.subscribe(request: open.request, offer: open.offer, tracks: open.tracks), to: connection)
        }
        if members[index].view != before { showOthers(index) }
    }

    private mutating func welcome(_ index: Int, resumed: Bool, now: Moment) {
        let member = members[index]
        guard let connection = member.connection else { return }
        let welcome = Welcome(
            own: member.id,
            resume: member.resume,
            resumed: resumed,
            role: member.view.role,
            participants: members.map(\.view),
            settings: settings,
            startedAgo: sinceStart(now),
            knocks: member.view.role.moderates ? lobby.map(\.knock) : [],
            chat: chat.entries,
            iceServers: configuration.iceServers
        )
        send(.welcome(welcome), to: connection)
        for other in members where other.quality != .good && other.id != member.id {
            send(.quality(other.id, other.quality), to: connection)
        }
    }

    /// Milliseconds.
    func sinceStart(_ now: Moment) -> Int64 {
        max(0, (now - startedAt).nanoseconds / 1_000_000)
    }

    mutating func disconnect(_ connection: ConnectionID, now: Moment) {
        if let index = members.firstIndex(where: { $0.connection == connection }) {
            cutOff(index, until: now + configuration.limits.grace, .lost)
        } else if let index = lobby.firstIndex(where: { $0.connection == connection }) {
            withdrawKnock(at: index)
        }
    }

    /// The place is kept until then; the others are told why it was given up.
    mutating func cutOff(_ index: Int, until graceEnds: Moment, _ reason: LeftReason) {
        members[index].connection = nil
        members[index].graceEnds = graceEnds
        members[index].leftReason = reason
        members[index].view.connected = false
        showChange(of: index)
    }

    /// Takes somebody out and tells the others. The connection, if there is one, is the caller's to close.
    mutating func part(at index: Int, _ reason: LeftReason) {
        let member = members.remove(at: index)
        perform(.leave(member.id))
        showLeft(member.id, reason)
    }

    mutating func handleTimeout(now: Moment) {
        // From behind, so that removing one doesn't move those still to be looked at.
        for index in members.indices.reversed() {
            if let graceEnds = members[index].graceEnds, graceEnds <= now { part(at: index, members[index].leftReason) }
        }
        if let emptySince, emptySince + configuration.limits.emptyMeeting <= now {
            finish(because: .limit(.emptyMeeting))
        }
    }

    mutating func drain() {
        guard !isDraining else { return }
        isDraining = true
        send(.draining, to: connections())
        let waiting = lobby
        lobby = []
        for person in waiting { refuseJoin(person.connection, .draining, because: .processEnding) }
    }

    mutating func stop() {
        for connection in connections() { close(connection, .restart, because: .processEnding) }
        for person in lobby { refuseJoin(person.connection, .draining, because: .processEnding) }
        finish(because: .processEnding)
    }

    /// Nothing of the meeting is kept.
    mutating func finish(because cause: Cause) {
        members = []
        lobby = []
        voidTokens = []
        chat = ChatHistory(maximumCount: 0, maximumBytes: 0)
        untold = []
        isOver = true
        perform(.close)
        actions.append(.ended(because: cause))
    }
}
