// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension RandomSchedule {
    /// Everybody reads to the end, and one more commit shows who went another way. Then all see the same, or have refused.
    mutating func settle() throws {
        for index in members.indices { try read(index, log.count) }
        guard let author = members.firstIndex(where: { $0.isHere && $0.group.context == service.context }) else {
            throw ScheduleFailure("nobody followed")
        }
        let made = try members[author].group.commit(rules: scene.rules, using: &randomness)
        members[author].own[made.commit.encoded] = made.staged
        guard try offer(made.commit.encoded) else { throw ScheduleFailure("a commit in time was refused") }
        for index in members.indices { try read(index, log.count) }
        var present = 0
        for member in members where member.isHere {
            if try isInTheGroup(member, like: members[author]) { present += 1 }
        }
        guard present == service.tree.memberCount else { throw ScheduleFailure("members are missing") }
    }

    /// Whether the service's tree still has a member; it agrees with `other`, or has refused something.
    private func isInTheGroup(_ member: Member, like other: Member) throws -> Bool {
        for (node, pair) in member.group.keys.pairs {
            guard member.group.tree.encryptionKey(node) == pair.publicKey else {
                throw ScheduleFailure("a key that isn't in the tree")
            }
        }
        guard member.group.context == service.context else {
            guard member.isAstray else { throw ScheduleFailure("contexts differ") }
            guard member.refusals > 0 else { throw ScheduleFailure("diverged in silence") }
            return service.tree.leaf(member.group.leaf)?.signatureKey == member.group.leafNode?.signatureKey
        }
        guard Secret.equal(member.group.epochAuthenticator, other.group.epochAuthenticator) else {
            throw ScheduleFailure("secrets differ")
        }
        return true
    }

    /// A service that shows two commits to two halves: nothing passes between them, and it can be seen.
    mutating func fork() throws {
        let here = members.indices.filter { members[$0].isHere && members[$0].group.context == service.context }
        guard here.count >= 4 else { return }
        let halves = [Array(here.prefix(here.count / 2)), Array(here.suffix(here.count - here.count / 2))]
        for half in halves {
            let made = try members[half[0]].group.commit(rules: scene.rules, using: &randomness)
            for index in half.dropFirst() {
                guard
                    case .commit(let staged) = try members[index].group.receive(made.commit.encoded, rules: scene.rules)
                else { throw ScheduleFailure("no commit") }
                try members[index].group.adopt(staged)
            }
            try members[half[0]].group.adopt(made.staged)
        }
        let first = members[halves[0][0]].group
        let second = members[halves[1][0]].group
        guard first.epoch == second.epoch, first.context != second.context,
            !Secret.equal(first.epochAuthenticator, second.epochAuthenticator)
        else { throw ScheduleFailure("a fork that can't be seen") }
        let data = try members[halves[0][0]].group.encrypt([1], using: &randomness).encoded
        let commit = try members[halves[0][0]].group.commit(rules: scene.rules, using: &randomness).commit.encoded
        for message in [data, commit] {
            do {
                _ = try members[halves[1][0]].group.receive(message, rules: scene.rules)
                throw ScheduleFailure("a message passed between the halves")
            } catch is MLSRefusal {
                refused += 1
            }
        }
    }
}
