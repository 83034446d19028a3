// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// What an accepted commit does to people: who goes, who comes.
extension Meeting {
    mutating func admitFounder(on connection: ConnectionID, now: Moment, using randomness: inout some Randomness) {
        guard let founder = epoch.leaves.keys.first else { return }
        enter(founder, on: connection, as: nil, now: now, using: &randomness)
        members[0].acked = epoch.number
        tellReady()
    }

    /// Takes out whose leaf is gone: media at once, then the word and the close. Gives them back for the case that the
    /// commit turns out to be void.
    mutating func part(from commit: CheckedCommit<Crypto>, now: Moment) -> [Member] {
        var gone: [Member] = []
        for index in members.indices.reversed() {
            guard let leaf = commit.gone[members[index].id] else { continue }
            let member = members.remove(at: index)
            gone.append(member)
            if member.hasMedia { perform(.leave(member.id)) }
            if let act = HostAct.removal(of: leaf, in: commit.change, by: commit.author) {
                remember(VoidToken(token: member.resume, act: act))
                guard let connection = member.connection else { continue }
                send(.removed(by: act.by), to: connection)
                close(connection, .removed, because: .host(act))
            } else if let connection = member.connection {
                dismiss(member.id, on: connection, commit)
            }
        }
        return gone
    }

    /// Nobody's act but their own, or the node's asking for a place that was lost for long.
    private mutating func dismiss(
        _ participant: ParticipantID,
        on connection: ConnectionID,
        _ commit: CheckedCommit<Crypto>
    ) {
        if commit.isExternal, commit.author == participant {
            return close(connection, .superseded, because: .ownAct)
        }
        let leaf = commit.gone[participant]
        let wasLost = commit.change.items.contains { item in
            if case .external = item.sender, case .remove(leaf) = item.proposal { true } else { false }
        }
        if wasLost {
            refuseJoin(connection, .outOfStep, because: .limit(.grace))
        } else {
            close(connection, .left, because: .ownAct)
        }
    }

    private mutating func remember(_ token: VoidToken) {
        voidTokens.append(token)
        if voidTokens.count > configuration.limits.voidTokens { voidTokens.removeFirst() }
    }

    mutating func enterFromOutside(
        _ participant: ParticipantID,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        if let index = outsiders.firstIndex(where: { $0.connection == connection }) { removeOutsider(at: index) }
        enter(participant, on: connection, as: nil, now: now, using: &randomness)
        members[members.count - 1].acked = epoch.number
    }

    /// Somebody whom a member let in: with the connection that waits under that key package, or without one.
    mutating func enter(
        _ addition: CheckedCommit<Crypto>.Addition,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        var connection: ConnectionID?
        if let index = outsiders.firstIndex(where: { $0.newcomer.keyPackage == addition.keyPackage }) {
            connection = removeOutsider(at: index).connection
        }
        enter(addition.participant, on: connection, as: addition, now: now, using: &randomness)
    }

    private mutating func enter(
        _ participant: ParticipantID,
        on connection: ConnectionID?,
        as addition: CheckedCommit<Crypto>.Addition?,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        var member = Member(
            id: participant,
            resume: ResumeToken(using: &randomness),
            role: epoch.role(of: participant),
            enteredIn: epoch.number,
            connection: connection
        )
        guard let connection else {
            member.graceEnds = now + configuration.limits.grace
            return members.append(member)
        }
        member.hasMedia = true
        members.append(member)
        perform(.join(participant))
        var entrance = entrance(of: member, resumed: false, now: now)
        if let addition {
            entrance.welcome = addition.welcome
            entrance.tree = epoch.tree()
            entrance.invitation = addition.invitation
        }
        send(.welcome(entrance), to: connection)
    }

    func entrance(of member: Member, resumed: Bool, now: Moment) -> Entrance {
        Entrance(
            own: member.id,
            resume: member.resume,
            resumed: resumed,
            epoch: epoch.number,
            sequence: backlog.sequence,
            participants: members.map(\.presence),
            // Milliseconds.
            startedAgo: max(0, (now - startedAt).nanoseconds / 1_000_000),
            iceServers: configuration.iceServers,
            knocks: outsiders.compactMap(\.sealedKnock),
            qualities: members.compactMap { other in
                guard other.quality != .good, other.id != member.id else { return nil }
                return QualityEntry(participant: other.id, quality: other.quality)
            }
        )
    }
}
