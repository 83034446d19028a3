// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// Those who come with a link, until they have a leaf.
extension Meeting {
    mutating func join(
        _ connection: ConnectionID,
        _ request: JoinRequest,
        _ newcomer: Newcomer<Crypto>,
        now: Moment
    ) {
        guard !isDraining else { return refuseJoin(connection, .draining, because: .processEnding) }
        if let token = request.resume {
            if let void = voidTokens.first(where: { $0.token == token }) {
                return refuseJoin(connection, .removed, because: .host(void.act))
            }
            if let index = members.firstIndex(where: { $0.resume == token && !$0.hasLeft }),
                members[index].id == newcomer.participant
            {
                return resume(index, on: connection, request, now: now)
            }
            // The place is gone: whoever it was comes in like anyone else.
        }
        guard let link = epoch.links.link(request.meeting) else {
            return refuseJoin(connection, .notFound, because: .ownAct)
        }
        if let refusal = doorRefusal(of: newcomer, link) {
            return refuseJoin(connection, refusal.reason, because: refusal.cause)
        }
        outsiders.append(
            Outsider(
                connection: connection,
                alias: link.alias,
                newcomer: newcomer,
                until: now + configuration.limits.doorTimeout
            )
        )
        let door = Door(
            participant: newcomer.participant,
            card: link.card,
            current: link.alias == epoch.links.current.alias,
            epoch: epoch.number,
            generation: epoch.policy.linkGeneration,
            lobby: epoch.policy.lobby,
            locked: epoch.policy.locked,
            hostPresent: isHostPresent,
            accountable: epoch.policy.accountable,
            key: nodeKey.pair.publicKey
        )
        send(.door(door), to: connection)
    }

    private mutating func doorRefusal(
        of newcomer: Newcomer<Crypto>,
        _ link: RoomLinks.Link
    ) -> (reason: JoinRefusal, cause: Cause)? {
        // Whoever still has a leaf takes no further place.
        if epoch.leaves[newcomer.participant] == nil, members.count >= configuration.limits.participants {
            return (.full, .limit(.participants))
        }
        guard outsiders.count < configuration.limits.outsiders else { return (.busy, .limit(.outsiders)) }
        guard !isBehind, deliveries.take(size: link.card.count, receivers: 1) else {
            return (.busy, .limit(.deliveries))
        }
        // A key package that others have seen is worth nothing to them here.
        guard !outsiders.contains(where: { $0.newcomer.keyPackage == newcomer.keyPackage }) else {
            return (.keyPackage, .ownAct)
        }
        return nil
    }

    mutating func look(by index: Int, now: Moment) {
        let connection = outsiders[index].connection
        guard outsiders[index].alias == epoch.links.current.alias else {
            return refuse(connection, .notAllowed, CommitFault.olderLink.rule)
        }
        outsiders[index].rest(until: now + configuration.limits.doorTimeout)
        let tree = epoch.tree()
        guard deliveries.take(size: tree.count + epoch.sealedGroupInfo.count, receivers: 1) else {
            return refuse(connection, .rate, "looks at this meeting")
        }
        send(.group(epoch: epoch.number, groupInfo: epoch.sealedGroupInfo, tree: tree), to: connection)
    }

    mutating func knock(_ knock: [UInt8], by index: Int) {
        let outsider = outsiders[index]
        if let act = epoch.lockAct, !outsider.newcomer.isHost(under: epoch.policy) {
            removeOutsider(at: index)
            return refuseJoin(outsider.connection, .locked, because: .host(act))
        }
        let others = outsiders.filter { $0.knock != nil && $0.connection != outsider.connection }
        let current = epoch.links.current.alias
        // Whoever was removed has an older link: with it they can't take the door from those who have the current one.
        let ofOlder = others.count { $0.alias != current }
        guard others.count < configuration.limits.knocks,
            outsider.alias == current || ofOlder < configuration.limits.knocks / 4
        else {
            removeOutsider(at: index)
            return refuseJoin(outsider.connection, .busy, because: .limit(.knocks))
        }
        outsiders[index].setKnock(knock)
        send(.waiting(hostPresent: isHostPresent), to: outsider.connection)
        announce(Notice(participant: outsider.participant, kind: .knock))
    }

    @discardableResult
    mutating func removeOutsider(at index: Int) -> Outsider<Crypto> {
        let outsider = outsiders.remove(at: index)
        if outsider.knock != nil { announce(Notice(participant: outsider.participant, kind: .knock)) }
        return outsider
    }

    /// Turns away whoever knocks with that id.
    mutating func deny(_ participant: ParticipantID, by actor: ParticipantID, on connection: ConnectionID) {
        guard let act = HostAct.judge(.deny, by: actor, role: epoch.role(of: actor)) else {
            return refuse(connection, .notAllowed, "deny")
        }
        guard outsiders.contains(where: { $0.participant == participant && $0.knock != nil }) else {
            return refuse(connection, .noSuchParticipant, "deny")
        }
        for index in outsiders.indices.reversed() where outsiders[index].participant == participant {
            guard outsiders[index].knock != nil else { continue }
            let outsider = removeOutsider(at: index)
            refuseJoin(outsider.connection, .denied, because: .host(act))
        }
    }
}
