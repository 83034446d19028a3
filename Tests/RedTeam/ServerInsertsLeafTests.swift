// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// T1, T2, T3, T5: the server, or somebody with its help, puts a leaf into the group.
@Suite("The server inserts a leaf")
struct ServerInsertsLeafTests {
    @Test("by an Add as the group's external sender: nobody takes it up, everybody sees it, the meeting goes on")
    func externalSenderAdd() throws {
        let trial = try Trial()
        trial.expectPeace()
        let group = try trial.keys(of: trial.host)
        let proposal = try ExternalProposal.propose(
            trial.suite,
            .add(try trial.stranger().keyPackage),
            groupID: group.groupID,
            epoch: group.epoch,
            index: 0,
            signatureKey: trial.node.key
        )
        // Plain MLS caches it, and would commit it next.
        var plain = group
        _ = try plain.receive(proposal.encoded, rules: OpenRules())
        let made = try plain.commit(rules: OpenRules(), using: &trial.randomness)
        #expect(made.staged.change.added.count == 1)

        trial.node.broadcast(except: nil) { .proposal(sequence: $0, proposal: proposal.encoded) }
        trial.stage.run(for: .seconds(1))
        for member in trial.everybody {
            #expect(member.isWarned(.refusedProposal, detail: "add"))
            #expect(member.newestEpoch == group.epoch)
        }
        trial.expectTalking()
        // Who commits next doesn't take it along.
        let late = try trial.enter("Late")
        #expect(late.isInside && late.people.count == 4)
        trial.expectTalking()
    }

    @Test("by a member's commit of that Add: refused by all others")
    func externalSenderAddCommitted() throws {
        let trial = try Trial()
        var group = try trial.keys(of: trial.guests[0])
        let proposal = try ExternalProposal.propose(
            trial.suite,
            .add(try trial.stranger().keyPackage),
            groupID: group.groupID,
            epoch: group.epoch,
            index: 0,
            signatureKey: trial.node.key
        )
        _ = try group.receive(proposal.encoded, rules: OpenRules())
        let made = try group.commit(rules: OpenRules(), using: &trial.randomness)
        try trial.expectRefusal(
            of: made.commit,
            because: "unknownProposal",
            from: trial.guests[0],
            naming: trial.guests[0].id
        )
    }

    @Test("by an external commit without the link's key")
    func externalCommitWithoutKey() throws {
        let trial = try Trial()
        let stranger = try trial.stranger()
        let join = try trial.externalCommit(stranger)
        #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(of: join.commit, because: "linkKeyMissing", naming: trial.id(of: stranger))
    }

    @Test("by an external commit with a made-up key under the link's name")
    func externalCommitWithWrongKey() throws {
        let trial = try Trial()
        let stranger = try trial.stranger()
        let source = MeetingPolicy.linkKeySource(generation: 1)
        var keys = PreSharedKeys()
        keys.set(external: Array("vigil link".utf8) + UInt32(1).encoded, Secret(trial.randomness.bytes(32)))
        let join = try trial.externalCommit(stranger, sources: [source], preSharedKeys: keys)
        // A node can't tell; a client without the right key would follow.
        #expect(trial.plainNodeTakes(join.commit))
        #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host, preSharedKeys: keys))
        try trial.expectRefusal(of: join.commit, because: "confirmationTag", naming: trial.id(of: stranger))
    }

    @Test("by an external commit with the key of a link that was replaced")
    func externalCommitWithOldKey() throws {
        let trial = try Trial()
        let old = try trial.link
        trial.stage.ask(trial.host, .resetLink)
        #expect(trial.host.policy?.linkGeneration == 2)
        let stranger = try trial.stranger()
        let named = try trial.externalCommit(
            stranger,
            sources: [MeetingPolicy.linkKeySource(generation: 1)],
            preSharedKeys: try trial.keys(of: old, generation: 1)
        )
        #expect(
            trial.plainClientFollows(
                named.commit,
                inPlaceOf: trial.host,
                preSharedKeys: try trial.keys(of: old, generation: 1)
            )
        )
        try trial.expectRefusal(of: named.commit, because: "otherPreSharedKey", naming: trial.id(of: stranger))
    }

    @Test("by an external commit with the old link's key under the new one's name")
    func externalCommitWithRenamedKey() throws {
        let trial = try Trial()
        let old = try trial.link
        trial.stage.ask(trial.host, .resetLink)
        let stranger = try trial.stranger()
        let keys = try trial.keys(of: old, generation: 2)
        let join = try trial.externalCommit(
            stranger,
            sources: [MeetingPolicy.linkKeySource(generation: 2)],
            preSharedKeys: keys
        )
        #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host, preSharedKeys: keys))
        try trial.expectRefusal(of: join.commit, because: "confirmationTag", naming: trial.id(of: stranger))
    }

    @Test("by a guest's Add without the link's key")
    func guestAddWithoutKey() throws {
        let trial = try Trial()
        let made = try trial.commit(by: trial.guests[0], [.add(try trial.stranger().keyPackage)])
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(
            of: made.commit,
            because: "linkKeyMissing",
            from: trial.guests[0],
            naming: trial.guests[0].id
        )
    }

    @Test("by a guest's Add through a closed door, link's key and all", arguments: [false, true])
    func guestAddThroughClosedDoor(isLocked: Bool) throws {
        let trial = try Trial()
        trial.stage.ask(trial.host, isLocked ? .lock(true) : .lobby(true))
        let made = try trial.commit(
            by: trial.guests[0],
            [trial.linkKeyProposal(generation: 1), .add(try trial.stranger().keyPackage)]
        )
        #expect(trial.plainClientFollows(made.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(
            of: made.commit,
            because: isLocked ? "locked" : "lobby",
            from: trial.guests[0],
            naming: trial.guests[0].id
        )
    }

    @Test("by an external commit through a closed door, link's key and all", arguments: [false, true])
    func externalCommitThroughClosedDoor(isLocked: Bool) throws {
        let trial = try Trial()
        trial.stage.ask(trial.host, isLocked ? .lock(true) : .lobby(true))
        let stranger = try trial.stranger()
        let join = try trial.externalCommit(
            stranger,
            sources: [MeetingPolicy.linkKeySource(generation: 1)],
            preSharedKeys: trial.linkKeys
        )
        #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(
            of: join.commit,
            because: isLocked ? "locked" : "lobby",
            naming: trial.id(of: stranger)
        )
    }

    @Test("through a locked door in the place of somebody who is just leaving")
    func inTheShadowOfSomebodyLeaving() throws {
        let trial = try Trial(["Kofi", "Mei", "Leaver"])
        trial.stage.ask(trial.host, .lock(true))
        // The leaver's own word is passed on; the members' commits that would follow are kept back.
        var word: MLSMessage?
        trial.node.interceptRequest = { request, _ in
            if case .propose(let bytes) = request { word = (try? MessageIn(decoding: bytes))?.message }
            if case .commit = request { return nil }
            return request
        }
        trial.stage.ask(trial.guests[2], .leave)
        let leaving = try #require(word)
        let stranger = try trial.stranger()
        let join = try trial.externalCommit(
            stranger,
            sources: [MeetingPolicy.linkKeySource(generation: 1)],
            preSharedKeys: trial.linkKeys,
            selfRemoves: [leaving]
        )
        #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host))
        let epoch = trial.host.newestEpoch
        try trial.pass(join.commit)
        trial.stage.run(for: .seconds(1))
        for member in [trial.host, trial.guests[0], trial.guests[1]] {
            #expect(member.isWarned(.refusedCommit, about: trial.id(of: stranger), detail: "locked"))
            #expect(member.newestEpoch == epoch)
        }
    }

    @Test("Somebody who was inside comes back to their own place through a locked door, and nobody else to it")
    func comingBack() throws {
        let trial = try Trial()
        trial.stage.ask(trial.host, .lock(true))
        let stranger = try trial.stranger()
        let place = try trial.keys(of: trial.guests[1]).leaf
        let join = try trial.externalCommit(
            stranger,
            replacing: place,
            sources: [MeetingPolicy.linkKeySource(generation: 1)],
            preSharedKeys: trial.linkKeys
        )
        #expect(trial.plainClientFollows(join.commit, inPlaceOf: trial.host))
        try trial.expectRefusal(of: join.commit, because: "group", naming: trial.id(of: stranger))

        let identity = try #require(trial.guests[1].storedIdentity)
        trial.stage.kill(trial.guests[1])
        let back = try trial.stage.enter(identity, "Mei") { $0.isReturning = true }
        #expect(back.isInside && back.id == trial.guests[1].id)
        trial.expectTalking([trial.host, trial.guests[0], back])
    }
}
