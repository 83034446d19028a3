// SPDX-License-Identifier: Apache-2.0

import Base

/// Sockets that come and go while the leaf stays.
extension Meeting {
    mutating func resume(_ index: Int, on connection: ConnectionID, _ request: JoinRequest, now: Moment) {
        backlog.forget(now: now)
        guard let missed = backlog.after(request.since) else {
            return refuseJoin(connection, .outOfStep, because: .limit(.backlog))
        }
        guard deliveries.take(size: missed.reduce(0) { $0 + $1.size }, receivers: 1) else {
            return refuseJoin(connection, .busy, because: .limit(.deliveries))
        }
        if let old = members[index].connection { close(old, .superseded, because: .ownAct) }
        let wasConnected = members[index].connection != nil
        members[index].connection = connection
        members[index].graceEnds = nil
        // An answer to it may have been lost with the old socket; the client offers again if it misses one.
        members[index].openPublish = nil
        renewMedia(index, request.media)
        send(.welcome(entrance(of: members[index], resumed: true, now: now)), to: connection)
        for message in missed { send(message, to: connection) }
        if let open = members[index].openOffer {
            send(.subscribe(request: open.request, offer: open.offer, tracks: open.tracks), to: connection)
        }
        if isReady { send(.ready(epoch: epoch.number), to: connection) }
        if !wasConnected { announce(Notice(participant: members[index].id, kind: .presence)) }
        proposeRemovals(now: now)
    }

    mutating func disconnect(_ connection: ConnectionID, now: Moment) {
        if let index = members.firstIndex(where: { $0.connection == connection }) {
            cutOff(index, until: now + configuration.limits.grace)
        } else if let index = outsiders.firstIndex(where: { $0.connection == connection }) {
            removeOutsider(at: index)
        }
    }

    mutating func goAway(_ index: Int, on connection: ConnectionID, now: Moment) {
        cutOff(index, until: now + min(configuration.limits.away, configuration.limits.grace))
        close(connection, .left, because: .ownAct)
    }

    /// A goodbye: the leaf goes with the next commit, everything else at once.
    mutating func leave(_ index: Int, on connection: ConnectionID, now: Moment) {
        members[index].hasLeft = true
        if members[index].hasMedia {
            members[index].hasMedia = false
            perform(.leave(members[index].id))
        }
        cutOff(index, until: now)
        close(connection, .left, because: .ownAct)
        proposeRemovals(now: now)
    }

    /// The place is kept until then, and after it until the members have committed the removal.
    private mutating func cutOff(_ index: Int, until graceEnds: Moment) {
        members[index].connection = nil
        members[index].graceEnds = graceEnds
        announce(Notice(participant: members[index].id, kind: .presence))
        tellReady()
    }

    mutating func handleTimeout(now: Moment) {
        for index in outsiders.indices.reversed() {
            guard let until = outsiders[index].until, until <= now else { continue }
            let outsider = removeOutsider(at: index)
            refuseJoin(outsider.connection, .timeout, because: .limit(.doorTimeout))
        }
        proposeRemovals(now: now)
        if let emptySince, emptySince + configuration.limits.emptyMeeting <= now {
            finish(because: .limit(.emptyMeeting))
        }
    }
}
