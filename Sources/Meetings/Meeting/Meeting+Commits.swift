// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// The order of commits: the first valid one leaves the epoch (RFC 9420 §14).
extension Meeting {
    mutating func commit(
        _ request: CommitRequest,
        by author: CheckedCommit<Crypto>.Author,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        do throws(CommitFault) {
            let commit = try check(request, by: author)
            adopt(commit, request: request.request, on: connection, now: now, using: &randomness)
        } catch {
            refuse(connection, error.code, error.rule, request: request.request)
            if error.isOffence { actions.append(.offended(connection)) }
        }
    }

    private mutating func check(
        _ request: CommitRequest,
        by author: CheckedCommit<Crypto>.Author
    ) throws(CommitFault) -> CheckedCommit<Crypto> {
        guard !barred.contains(author.participant) else { throw .barred }
        let commit = try CheckedCommit(request, by: author, in: epoch, limits: configuration.limits)
        // All or nothing: an epoch that part of the members don't hear of would be worse than a later one.
        var cost = deliveries.cost(size: commit.bytes.count, receivers: members.count)
        if !commit.additions.isEmpty {
            let welcome = commit.additions.reduce(0) { max($0, $1.welcome.count) }
            // The tree is that of the epoch before and the added leaves, more or less.
            cost += deliveries.cost(
                size: epoch.tree().count + commit.bytes.count + welcome,
                receivers: commit.additions.count
            )
        }
        guard deliveries.take(cost) else { throw .deliveries }
        return commit
    }

    private mutating func adopt(
        _ commit: CheckedCommit<Crypto>,
        request: Int,
        on connection: ConnectionID,
        now: Moment,
        using randomness: inout some Randomness
    ) {
        let before = epoch
        epoch = commit.next
        // The lock stays whose it was for as long as it is closed.
        epoch.lockAct = epoch.policy.locked ? before.lockAct ?? HostAct.lock(commit.change, by: commit.author) : nil
        barred = []
        isReady = false
        announceLinks(before: before, after: epoch)
        let message = backlog.append(size: commit.bytes.count, now: now) {
            .commit(sequence: $0, epoch: before.number, commit: commit.bytes)
        }
        send(message, to: connections(except: commit.isExternal ? nil : commit.author))
        if !commit.isExternal {
            send(.accepted(request: request, epoch: before.number, sequence: backlog.sequence), to: connection)
        }
        let gone = part(from: commit, now: now)
        contested = ContestedCommit(commit, before: before, gone: gone, until: now + configuration.limits.contest)
        for index in members.indices { members[index].role = epoch.role(of: members[index].id) }
        if commit.isExternal {
            enterFromOutside(commit.author, on: connection, now: now, using: &randomness)
        } else if let index = index(of: commit.author) {
            members[index].acked = epoch.number
        }
        for addition in commit.additions { enter(addition, now: now, using: &randomness) }
        proposeRemovals(now: now)
        tellReady()
    }

    /// Tells the directory by which aliases the meeting is found now.
    mutating func announceLinks(before: RoomEpoch<Crypto>, after: RoomEpoch<Crypto>) {
        for alias in before.links.aliases where after.links.link(alias) == nil {
            actions.append(.alias(alias, leadsHere: false))
        }
        for alias in after.links.aliases where before.links.link(alias) == nil {
            actions.append(.alias(alias, leadsHere: true))
        }
    }

    // MARK: keys

    mutating func acknowledge(_ number: UInt64, by index: Int) {
        guard number <= epoch.number else { return }
        members[index].acked = max(members[index].acked ?? 0, number)
        tellReady()
    }

    /// Once everybody who is connected has the epoch's keys.
    mutating func tellReady() {
        let connected = members.filter { $0.connection != nil }
        guard !isReady, !connected.isEmpty, connected.allSatisfy({ $0.acked == epoch.number }) else { return }
        isReady = true
        send(.ready(epoch: epoch.number), to: connections())
    }
}
