// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

extension RandomSchedule {
    /// Something comes before its time: a proposal may be kept, a commit waits for what goes before it.
    mutating func readAhead(_ index: Int) throws {
        let place = members[index].cursor + 1 + pick(3)
        guard place < log.count, !members[index].isAstray else { return }
        let before = members[index].group.context
        do {
            _ = try members[index].group.receive(log[place], rules: scene.rules)
        } catch {
            refused += 1
        }
        guard members[index].group.context == before else { throw ScheduleFailure("the future changed the group") }
    }

    /// A message is lost, or a commit adopted that the service didn't take: a group that forked off.
    mutating func goAstray(_ index: Int) throws {
        let astray = members.count(where: { $0.isAstray })
        guard !members[index].isAstray, astray < 3, members.count - astray > 2 else { return }
        if pick(2) == 0 {
            guard members[index].cursor < log.count else { return }
            members[index].cursor += 1
        } else {
            let made = try members[index].group.commit(rules: scene.rules, using: &randomness)
            try members[index].group.adopt(made.staged)
            members[index].own = [:]
        }
        members[index].isAstray = true
        strays += 1
    }

    /// Follows what can be followed and refuses the rest.
    mutating func takeAstray(_ index: Int, _ message: [UInt8]) throws {
        do {
            try take(index, message)
        } catch is MLSRefusal {
            members[index].refusals += 1
            refused += 1
        }
    }

    /// Somebody astray comes in once more from outside, in the place of the old leaf if that is still there.
    mutating func comeBack() throws {
        guard let index = members.firstIndex(where: { $0.isAstray }),
            let guide = members.first(where: { $0.group.context == service.context })
        else { return }
        let old = members[index].group
        let isThere = service.tree.leaf(old.leaf)?.signatureKey == old.leafNode?.signatureKey
        guard isThere || service.tree.memberCount < largest else { return }
        named += 1
        let join = try ExternalJoin<NativeCrypto>(
            try guide.group.groupInfo(),
            member: try scene.describe("returner \(named)"),
            replacing: isThere ? old.leaf : nil,
            rules: scene.rules,
            using: &randomness
        )
        guard try offer(join.commit.encoded) else { return }
        members[index].isHere = false
        enter(join.group)
    }
}
