// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import MeetingSupport
import NativeCrypto
import Testing

@testable import Membership

/// All that the server says by itself is hearsay.
@Suite("The server lies")
struct ServerLiesTests {
    @Test(
        "about the door: a guest who is told that a closed one is open doesn't get in, and knocks",
        arguments: [false, true]
    )
    func openDoor(isLocked: Bool) throws {
        let trial = try Trial()
        trial.stage.ask(trial.host, isLocked ? .lock(true) : .lobby(true))
        trial.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            (door.lobby, door.locked, door.isCurrent) = (false, false, true)
            return [.door(door)]
        }
        let late = try trial.stage.guest("Late", by: trial.link)
        #expect(!late.isInside && late.ending == nil)
        for member in trial.everybody { #expect(member.people.count == 3 && member.warnings == []) }
        trial.stage.ask(trial.host, .lock(false))
        trial.stage.ask(trial.host, .admit(late.id))
        #expect(late.isInside)
    }

    @Test("about the door: that the current link is old, its generation another")
    func generation() throws {
        let trial = try Trial()
        trial.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            door.generation = 7
            return [.door(door)]
        }
        let late = try trial.stage.guest("Late", by: trial.link)
        // Not in by the wrong key, and not in silently.
        #expect(late.isInside || late.warningKinds == [.foreignCard])
        for member in trial.everybody { #expect(member.warnings == []) }
        trial.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            door.isCurrent = false
            return [.door(door)]
        }
        let later = try trial.stage.guest("Later", by: trial.link)
        #expect(later.isInside || later.warningKinds == [.foreignCard])
        for member in trial.everybody { #expect(member.warnings == []) }
    }

    @Test("about epochs and numbers, 'ready' before its time or never: nobody seals in an epoch they don't have")
    func readyAndNumbers() throws {
        let trial = try Trial()
        trial.expectPeace()
        let epoch = try #require(trial.host.sendingEpoch)
        for member in trial.everybody {
            for number in [0, epoch - 1, epoch, epoch + 1, .max] {
                trial.node.deliver(.ready(epoch: number), to: member.id)
                trial.node.deliver(
                    .accepted(request: UInt32(truncatingIfNeeded: number), epoch: number, sequence: .max),
                    to: member.id
                )
                trial.node.deliver(.sent(request: UInt32(truncatingIfNeeded: number)), to: member.id)
                trial.node.deliver(
                    .error(code: Array("stale".utf8), request: UInt32(truncatingIfNeeded: number), detail: []),
                    to: member.id
                )
            }
        }
        trial.stage.run(for: .seconds(1))
        for member in trial.everybody { #expect(member.sendingEpoch == epoch && member.warnings == []) }
        trial.node.intercept = { message, _ in if case .ready = message { [] } else { [message] } }
        trial.stage.give(.lobby(true), to: trial.host)
        trial.stage.run(for: .milliseconds(700))
        for member in trial.everybody { #expect(member.sendingEpoch == epoch + 1) }
        trial.expectTalking()
    }

    @Test("'accepted' about a commit that it never passed on: author and others part, both sides say so within 30 s")
    func lostCommit() throws {
        let trial = try Trial()
        trial.expectPeace()
        let node = trial.node
        node.interceptRequest = { request, author in
            guard case .commit(let commit) = request, author == trial.host.id else { return request }
            node.deliver(.accepted(request: commit.request, epoch: commit.epoch + 1, sequence: 0), to: author)
            return nil
        }
        trial.stage.give(.lock(true), to: trial.host)
        let flagged = trial.time(within: .seconds(30)) {
            trial.guests.allSatisfy { guest in
                trial.host.isWarned(.silent, about: guest.id) && guest.isWarned(.silent, about: trial.host.id)
            }
        }
        #expect(flagged != nil)
        #expect(trial.host.policy?.locked == true && trial.guests[0].policy?.locked == false)
        trial.expectTalking(trial.guests)
    }

    @Test("'stale' for ever, or nothing at all: who can't commit is told within 20 s", arguments: [false, true])
    func staleForEver(answers: Bool) throws {
        let trial = try Trial()
        trial.expectPeace()
        let node = trial.node
        node.interceptRequest = { request, author in
            guard case .commit(let commit) = request, author == trial.host.id else { return request }
            if answers {
                node.deliver(.error(code: Array("stale".utf8), request: commit.request, detail: []), to: author)
            }
            return nil
        }
        trial.stage.give(.remove(trial.guests[1].id), to: trial.host)
        let flagged = trial.time(within: .seconds(20)) { trial.host.isWarned(.withheld, detail: "commit") }
        #expect(flagged != nil)
        #expect(trial.guests[0].warnings == [])
        node.interceptRequest = { request, _ in request }
        trial.stage.settle()
        trial.stage.run(for: .seconds(5))
        #expect(trial.guests[1].ending?.ending == .removed)
        trial.expectTalking([trial.host, trial.guests[0]])
    }

    @Test("'sent' about a message that it dropped: whom it was kept from sees it by the sender's next heartbeat")
    func sent() throws {
        let trial = try Trial()
        trial.expectPeace()
        let node = trial.node
        var dropped = false
        node.interceptRequest = { request, author in
            guard !dropped, author == trial.host.id, case .message(let request, _, nil) = request, request != 0 else {
                return request
            }
            dropped = true
            node.deliver(.sent(request: request), to: author)
            return nil
        }
        trial.stage.give(.say(id: [1], text: Array("lost".utf8), to: nil), to: trial.host)
        let flagged = trial.time(within: .seconds(12)) {
            trial.guests.allSatisfy { $0.isWarned(.withheld, about: trial.host.id) }
        }
        #expect(flagged != nil && dropped)
    }

    @Test("'vacant' to the host of a running meeting: two meetings with other words; the old one has lost the host")
    func vacant() throws {
        let trial = try Trial()
        trial.expectPeace()
        let identity = try #require(trial.host.storedIdentity)
        trial.stage.kill(trial.host)
        trial.node.intercept = { message, to in
            guard to == trial.host.id, case .door = message else { return [message] }
            return [.vacant(nodeKey: trial.node.key.publicKey)]
        }
        trial.node.interceptRequest = { request, author in
            guard author == trial.host.id, case .found = request else { return request }
            trial.node.deliver(
                .welcome(
                    NodeMessage.Welcome(isResumed: false, resume: [1], epoch: 0, sequence: 0, present: [])
                ),
                to: author
            )
            return nil
        }
        let alone = try trial.stage.enter(identity, "Ana") { $0.isReturning = true }
        #expect(alone.isInside && alone.people.count == 1)
        #expect(alone.words != trial.guests[0].words)
        let flagged = trial.time(within: .seconds(30)) {
            trial.guests.allSatisfy {
                $0.isWarned(.silent, about: trial.host.id) || $0.people[trial.host.id] == nil
            }
        }
        #expect(flagged != nil)
    }
}
