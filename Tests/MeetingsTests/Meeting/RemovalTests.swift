// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Removals, goodbyes and links")
struct RemovalTests {
    @Test("whom a host's commit removes is told by whom, closed, and without media at once")
    func removal() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let request = try people[0].commit(remove: [people[1]])
        let removed = try room.say(people[0], .commit(request))
        // The commit itself first: it proves the removal.
        #expect(
            removed.told(people[1]) == [
                .commit(sequence: 3, epoch: 2, commit: request.commit), .removed(by: people[0].id),
            ]
        )
        let close = try #require(removed.closing(people[1]))
        guard case .host(let act) = close.cause else { return #expect(Bool(false)) }
        #expect(close.reason == .removed && act.kind == .remove && act.by == people[0].id)
        #expect(removed.media == [.leave(people[1].id)])
        let media = removed.firstIndex(of: .media(.leave(people[1].id), in: room.link.keys.alias))
        let word = removed.firstIndex(of: .send(.removed(by: people[0].id), to: [people[1].connection]))
        #expect(try #require(media) < #require(word))
        #expect(room.agree([people[0], people[2]]))
        // The token is void, whatever else is.
        let back = try room.join(people[1], resume: people[1].token)
        #expect(back.refusal(people[1]) == .removed && back.closing(people[1])?.cause == close.cause)
    }

    @Test("a removal without power is no removal")
    func withoutPower() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let others = people.map(\.connection)
        // Members judge before they commit; somebody who doesn't is stopped by the node.
        let request = try people[1].commit(remove: [people[0]], judged: false)
        let refused = try room.say(people[1], .commit(request))
        #expect(refused.errors == [.commit] && refused.rules == ["policyNotByKeeper"])
        #expect(others.allSatisfy { refused.closing($0) == nil } && refused.media.isEmpty)
    }

    @Test("with a removal the link changes: the old one knocks, the new one lets in")
    func links() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let host = people[0]
        try room.say(host, .commit(host.commit(remove: [people[1]])))
        #expect(host.link.keys.alias != room.link.keys.alias)
        let old = try room.client()
        let door = try #require(try room.join(old).door(old))
        #expect(!door.current && door.generation == 2)
        let looked = try room.say(old, .look)
        #expect(looked.errors == [.notAllowed] && looked.rules == ["olderLink"])
        let entry = CommitRequest(epoch: 2, commit: [], groupInfo: [], request: 1)
        #expect(try room.say(old, .commit(entry)).errors == [.commit])
        let knocked = try room.say(old, .knock([1]))
        #expect(knocked.types(old) == ["waiting"])
        guard case .knock(let knock)? = knocked.told(host).first else { return #expect(Bool(false)) }
        #expect(knock.meeting == room.link.keys.alias)
        let new = try room.client(link: host.link)
        #expect(try room.comeIn(new).entrance(new) != nil)
        #expect(room.agree([host, new]))
        #expect(room.node.directory.meetingCount == 1)
    }

    @Test("those with an older link fill a quarter of the places at the door, and the others' stay free")
    func olderLinksKnock() throws {
        let room = try Room { $0.knocks = 8 }
        let people = try room.gathering(of: 1)
        try room.say(people[0], .commit(people[0].commit(remove: [people[1]])))
        let old = try (0..<3).map { _ in try room.client() }
        for (number, client) in old.enumerated() {
            try room.join(client)
            let knocked = try room.say(client, .knock([UInt8(number)]))
            #expect(knocked.refusal(client) == (number < 2 ? nil : .busy))
        }
        for number in 0..<6 {
            let client = try room.client(link: people[0].link)
            try room.join(client)
            #expect(try room.say(client, .knock([UInt8(number)])).types(client) == ["waiting"])
        }
    }

    @Test("an external commit of somebody whose link has just become an older one is refused as that")
    func olderLink() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        let late = try room.client()
        try room.join(late)
        let entry = try room.entry(late)
        try room.say(people[0], .commit(people[0].commit { $0.linkGeneration += 1 }))
        let again = CommitRequest(epoch: 2, commit: entry.commit, groupInfo: [], request: 1)
        #expect(try room.say(late, .commit(entry)).errors == [.stale])
        #expect(try room.say(late, .commit(again)).errors == [.stale])
        #expect(try room.say(late, .look).rules == ["olderLink"])
    }

    @Test("a new link comes with a new generation and a free alias, and not otherwise")
    func linkFaults() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        func refused(_ request: CommitRequest, link: CommitRequest.Link?) throws -> [String] {
            let changed = CommitRequest(
                epoch: request.epoch,
                commit: request.commit,
                groupInfo: request.groupInfo,
                link: link,
                request: 1
            )
            let answer = try room.say(people[0], .commit(changed))
            #expect(answer.errors == [.commit])
            return answer.rules
        }
        let plain = try people[0].commit()
        let alias = try #require(MeetingID("AAAAAAAAAAAAAAAAAAAAAA"))
        #expect(try refused(plain, link: CommitRequest.Link(alias: alias, card: [])) == ["linkMismatch"])
        let reset = try people[0].commit { $0.linkGeneration += 1 }
        #expect(try refused(reset, link: nil) == ["linkMismatch"])
        let own = CommitRequest.Link(alias: room.link.keys.alias, card: [])
        #expect(try refused(reset, link: own) == ["aliasTaken"])
        #expect(try room.say(people[0], .commit(reset)).types(people[0]) == ["accepted"])
    }

    @Test("links of other rooms aren't taken over")
    func foreignAlias() throws {
        let room = try Room()
        let host = try room.found()
        let other = try Room(seed: 8)
        // Both rooms on one node.
        other.node = room.node
        _ = try other.found()
        room.node = other.node
        let reset = try host.commit { $0.linkGeneration += 1 }
        let taken = CommitRequest(
            epoch: reset.epoch,
            commit: reset.commit,
            groupInfo: reset.groupInfo,
            link: CommitRequest.Link(alias: other.link.keys.alias, card: []),
            request: 4
        )
        #expect(
            try room.say(host, .commit(taken)) == [
                .send(.error(.commit, request: 4, detail: "aliasTaken"), to: [host.connection])
            ]
        )
        #expect(room.node.directory.meetingCount == 2)
    }

    @Test("the node remembers only so many older links")
    func olderLinks() throws {
        let room = try Room { $0.olderLinks = 2 }
        let host = try room.found()
        for _ in 0..<3 { try room.say(host, .commit(host.commit { $0.linkGeneration += 1 })) }
        let first = try room.client()
        #expect(try room.join(first).refusal(first) == .notFound)
        let current = try room.client(link: host.link)
        #expect(try room.join(current).door(current)?.current == true)
    }

    @Test("who says goodbye asks to go in public, and goes with the next commit")
    func goodbye() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let goodbye = try people[1].goodbye()
        let asked = try room.say(people[1], goodbye)
        #expect(asked.types(people[0]) == ["proposal"] && asked.types(people[2]) == ["proposal"])
        #expect(asked.told(people[1]).isEmpty)
        let left = try room.say(people[1], .leave)
        #expect(left.closing(people[1])?.reason == .left && left.closing(people[1])?.cause == .ownAct)
        #expect(left.media == [.leave(people[1].id)])
        // It has asked itself: the node adds nothing.
        #expect(left.types(people[0]) == ["participant"])
        let gone = try room.say(people[0], .commit(people[0].commit()))
        #expect(gone.media.isEmpty && room.agree([people[0], people[2]]))
        #expect(people[0].group?.tree.memberCount == 2)
        // Nobody comes back with that token; with the link, like anyone.
        #expect(try room.join(people[1], resume: people[1].token).door(people[1]) != nil)
    }

    @Test("who leaves without a word, the node asks to remove at once")
    func leaving() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        let left = try room.say(people[1], .leave)
        #expect(left.types(people[0]) == ["participant", "proposal"])
        #expect(try room.join(people[1], resume: people[1].token).door(people[1]) != nil)
        try room.say(people[0], .commit(people[0].commit()))
        #expect(room.agree([people[0], people[2]]) && people[0].group?.tree.memberCount == 2)
    }

    @Test("whose wish to go is granted before they left is closed as who left")
    func granted() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        try room.say(people[1], people[1].goodbye())
        let gone = try room.say(people[0], .commit(people[0].commit()))
        #expect(gone.closing(people[1])?.reason == .left && gone.closing(people[1])?.cause == .ownAct)
        #expect(gone.media == [.leave(people[1].id)])
    }

    @Test("nothing else is proposed by itself, and not for others")
    func otherProposals() throws {
        let room = try Room()
        let people = try room.gathering(of: 2)
        guard case .propose(let goodbye) = try people[1].goodbye() else { return #expect(Bool(false)) }
        #expect(try room.say(people[2], .propose(goodbye)).errors == [.proposal])
        #expect(try room.say(people[1], .propose([1])).errors == [.proposal])
        #expect(try room.say(people[1], .propose(people[0].commit().commit)).errors == [.proposal])
        var damaged = goodbye
        damaged[damaged.count - 40] ^= 1
        #expect(try room.say(people[1], .propose(damaged)).errors == [.proposal])
        try room.say(people[0], .commit(people[0].commit(pending: .none)))
        #expect(try room.say(people[1], .propose(goodbye)).errors == [.stale])
    }
}
