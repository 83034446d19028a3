// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Who is in the meeting: what the tree says.
extension Member {
    func index(of participant: ParticipantID) -> Int? {
        people.firstIndex { $0.participant == participant }
    }

    /// After coming in, and after going back.
    mutating func meetEverybody(in group: Group<Crypto>, _ policy: MeetingPolicy) {
        let known = people
        people = []
        for (leaf, node) in group.tree.members where leaf != group.leaf {
            guard let participant = ParticipantID(node) else { continue }
            let role = Role(node, under: policy, with: Crypto.self)
            var person = Person(participant: participant, leaf: leaf, role: role, heard: now)
            person.refused = refusedFrames(of: participant)
            for before in known where before.participant == participant {
                person = before
                person.leaf = leaf
                person.role = role
                // What they count begins anew for us.
                person.run = nil
                person.sealed = nil
                person.excuse(at: now)
            }
            people.append(person)
        }
        for index in people.indices { people[index].patience = patience(with: people[index]) }
        for person in known where index(of: person.participant) == nil { tell(.gone(person.participant, by: nil)) }
        showOwn()
        for person in people { tell(.person(person.shown)) }
    }

    /// Ourselves as the others see us.
    mutating func showOwn() {
        tell(
            .person(
                MemberEvent.Person(
                    participant: own,
                    name: settings.name,
                    role: ownRole,
                    flags: settings.flags,
                    connected: true,
                    isMuted: false
                )
            )
        )
    }

    /// Takes over what a commit has changed; gives those who are new.
    mutating func meet(
        _ change: GroupChange,
        author: ParticipantID?,
        _ policy: MeetingPolicy,
        _ before: MeetingPolicy
    ) -> [ParticipantID] {
        var newcomers: [ParticipantID] = []
        var arrivals = change.added
        if change.isExternal, let path = change.path { arrivals.append(path) }
        for member in change.removed {
            guard let participant = ParticipantID(member.node), let index = index(of: participant) else { continue }
            // Who comes back at another leaf hasn't gone.
            if arrivals.contains(where: { $0.node.signatureKey == member.node.signatureKey }) { continue }
            let person = people.remove(at: index)
            if let statement = person.statement { depart(statement) }
            tell(.gone(participant, by: removedByHost(member.leaf, in: change) ? author : nil))
        }
        for member in arrivals {
            guard let participant = ParticipantID(member.node), participant != own else { continue }
            newcomers.append(participant)
            let role = Role(member.node, under: policy, with: Crypto.self)
            if let index = index(of: participant) {
                people[index].leaf = member.leaf
                people[index].role = role
                people[index].run = nil
                people[index].sealed = nil
                people[index].connected = true
                people[index].lostAt = nil
                notice(index)
                tell(.person(people[index].shown))
                continue
            }
            var person = Person(participant: participant, leaf: member.leaf, role: role, heard: now)
            person.refused = refusedFrames(of: participant)
            // Who knocked has said who they are, if it was they: who didn't commit the knock hasn't checked it.
            if let knock = knocks.first(where: { $0.participant == participant }),
                let cardHash = link?.card.hash(with: Crypto.self),
                knock.isSound || knock.knock.statement.isValid(cardHash: cardHash, suite)
            {
                person.statement = knock.knock.statement
            }
            people.append(person)
            notice(people.count - 1)
            tell(.person(person.shown))
        }
        for participant in newcomers { forgetKnock(of: participant) }
        if before.cohosts != policy.cohosts { changeRoles(policy) }
        return newcomers
    }

    private func removedByHost(_ leaf: LeafIndex, in change: GroupChange) -> Bool {
        change.items.contains { item in
            if case .remove(let target) = item.proposal, target == leaf, case .member = item.sender { return true }
            return false
        }
    }

    private mutating func changeRoles(_ policy: MeetingPolicy) {
        for index in people.indices where people[index].role != .host {
            let role: Role = policy.cohosts.contains(people[index].participant) ? .cohost : .guest
            guard people[index].role != role else { continue }
            people[index].role = role
            tell(.person(people[index].shown))
        }
        showOwn()
    }

    /// Somebody is there, as we have just heard.
    mutating func notice(_ index: Int) {
        people[index].heard = now
        people[index].isSilent = false
        people[index].isExcused = false
        people[index].patience = patience(with: people[index])
    }

    private func patience(with person: Person) -> Interval {
        Watch.patience(isLeading: person.role.isKeeper, members: people.count + 1)
    }

    private mutating func depart(_ statement: Statement) {
        departed.append(statement)
        if departed.count > 200 { departed.removeFirst() }
    }

    /// The node's word on a socket.
    ///
    /// - Parameter since: when it was lost, if it was.
    mutating func update(_ present: NodeMessage.Present, since lostAt: Moment? = nil) {
        guard let index = index(of: present.participant) else { return }
        guard people[index].connected != present.connected else { return }
        people[index].connected = present.connected
        // That they have been heard the node can't say for them.
        people[index].lostAt = present.connected ? nil : lostAt ?? now
        tell(.person(people[index].shown))
    }

    /// The one among the connected who does what is everybody's duty has rank 0; the others follow if it doesn't.
    ///
    /// - Parameter turn: takes the first place on, so that not always the same one works.
    func rank(turn: UInt64 = 0) -> Int64 {
        guard let group else { return 0 }
        var before: Int64 = 0
        var count: Int64 = 1
        for person in people where person.connected {
            count += 1
            if person.leaf < group.leaf { before += 1 }
        }
        let shift = Int64(truncatingIfNeeded: turn % UInt64(count))
        return (before - shift + count) % count
    }
}
