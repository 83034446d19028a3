// SPDX-License-Identifier: Apache-2.0

import Base
import Membership

/// A commit that can't be followed: the node sees a commit's form, only members see whether its secrets are right.
extension Meeting {
    mutating func refuseCommit(
        _ refusal: [UInt8],
        by participant: ParticipantID,
        on connection: ConnectionID,
        now: Moment
    ) {
        // Several refuse at once: whoever comes after the majority has nothing left to refuse.
        guard contested?.add(refusal, by: participant) == true else {
            return refuse(connection, .refusal, "not of the newest commit")
        }
        if let contested, contested.isRefused { reopen(contested, now: now) }
    }

    private mutating func reopen(_ contested: ContestedCommit<Crypto>, now: Moment) {
        let void = epoch
        epoch = contested.before
        self.contested = nil
        barred.insert(contested.author)
        isReady = false
        announceLinks(before: void, after: epoch)
        castOut(enteredIn: void.number)
        takeBack(contested.gone, now: now)
        for index in members.indices {
            members[index].role = epoch.role(of: members[index].id)
            if let acked = members[index].acked { members[index].acked = min(acked, epoch.number) }
        }
        let refusals = contested.refusals.map(\.bytes)
        let message = backlog.append(size: refusals.reduce(0) { $0 + $1.count }, now: now) {
            .reopened(sequence: $0, epoch: contested.before.number, refusals: refusals)
        }
        send(message, to: connections())
        proposeRemovals(now: now)
        tellReady()
    }

    /// Those who came in with the void commit, or by it, stand outside again; with the void link there is no door either.
    private mutating func castOut(enteredIn number: UInt64) {
        for index in members.indices.reversed() where members[index].enteredIn == number {
            let member = members.remove(at: index)
            if member.hasMedia { perform(.leave(member.id)) }
            if let connection = member.connection { refuseJoin(connection, .outOfStep, because: .refusals) }
        }
        for index in outsiders.indices.reversed() where epoch.links.link(outsiders[index].alias) == nil {
            let outsider = removeOutsider(at: index)
            refuseJoin(outsider.connection, .outOfStep, because: .refusals)
        }
    }

    /// Those who went with it have their places again, without their connections: they may resume.
    private mutating func takeBack(_ gone: [Member], now: Moment) {
        for former in gone where index(of: former.id) == nil && epoch.leaves[former.id] != nil {
            var member = Member(
                id: former.id,
                resume: former.resume,
                role: former.role,
                enteredIn: former.enteredIn,
                connection: nil
            )
            member.hasLeft = former.hasLeft
            member.graceEnds = now + configuration.limits.grace
            voidTokens.removeAll { $0.token == former.resume }
            members.append(member)
        }
    }
}
