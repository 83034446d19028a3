// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// T6: who was removed keeps everything they had, has the old link, and the node gives them all that it sees.
@Suite("A removed member listens on")
struct RemovedMemberListensTests {
    @Test("and opens nothing that was sent after the removal, nor comes back by the old link")
    func listens() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let old = try trial.link
        var state = try trial.keys(of: mallory)
        let booths = trial.everybody.map(Booth.init)
        for booth in booths { try booth.follow(trial.stage.now) }
        let before = try booths[0].seal("before")
        #expect(try booths[2].open(before, of: trial.host.id) == "before")
        let from = trial.node.delivered.count
        // What their client still holds, had it not forgotten all at once.
        let listener = booths[2]

        trial.stage.ask(trial.host, .remove(mallory.id))
        #expect(mallory.ending?.ending == .removed && mallory.ending?.by == trial.host.id)
        trial.stage.say(trial.host, "after")
        trial.stage.say(trial.guests[0], "after, too")
        trial.stage.run(for: .seconds(30))
        for booth in booths.dropLast() { try booth.follow(trial.stage.now) }
        let frames = try [booths[0].seal("after"), booths[1].seal("after", source: 1)]
        #expect(try booths[1].open(frames[0], of: trial.host.id) == "after")

        var messages = 0
        for (to, message) in trial.node.delivered[from...] where to != mallory.id {
            switch message {
            case .message(_, _, let ciphertext):
                messages += 1
                #expect(throws: MLSRefusal.self) { try state.receive(ciphertext, rules: OpenRules()) }
            case .commit(_, _, let commit):
                guard
                    case .commit(let staged)? = try? state.receive(
                        commit,
                        rules: OpenRules(),
                        preSharedKeys: trial.linkKeys
                    )
                else { continue }
                // The one that removes them is the last that they understand.
                #expect(staged.removesUs && staged.next == nil)
            default: break
            }
        }
        #expect(messages >= 2)
        for frame in frames { #expect(!listener.opens(frame)) }

        // Only to knock serves the old link, and the new one isn't to be had from the old.
        #expect(try trial.link.bytes != old.bytes)
        let back = try trial.stage.guest("Mallory", by: old)
        #expect(!back.isInside)
        #expect(trial.host.people.count == 2)
        let room = try #require(trial.node.room)
        let keys = try LinkKeys(old, with: NativeCrypto.self)
        #expect(throws: CryptoRefusal.self) {
            try keys.open(SealedBox(bytes: room.sealedGroupInfo), for: .groupInfo, with: NativeCrypto.self)
        }
        // Nor does the node get in with the old key and what a member gives away.
        let stranger = try trial.stranger()
        let join = try trial.externalCommit(
            stranger,
            sources: [MeetingPolicy.linkKeySource(generation: 2)],
            preSharedKeys: try trial.keys(of: old, generation: 2)
        )
        try trial.pass(join.commit)
        trial.stage.run(for: .milliseconds(10))
        for member in [trial.host, trial.guests[0]] {
            #expect(member.isWarned(.refusedCommit, detail: "confirmationTag") && member.people.count == 2)
        }
        trial.expectTalking([trial.host, trial.guests[0]])
    }

    @Test("and what they say isn't heard any more, nor are their frames played")
    func speaks() throws {
        let trial = try Trial(["Kofi", "Mallory"])
        let mallory = trial.guests[1]
        let insider = try Insider(mallory, trial)
        let booths = trial.everybody.map(Booth.init)
        for booth in booths { try booth.follow(trial.stage.now) }
        let frame = try booths[2].seal("still here")
        trial.stage.kill(mallory)
        trial.stage.give(.remove(mallory.id), to: trial.host)
        trial.stage.run(for: .milliseconds(10))
        #expect(trial.guests[0].people[mallory.id] == nil)
        try insider.say(.reaction(Array("👎".utf8)), trial)
        trial.stage.run(for: .milliseconds(10))
        #expect(!trial.guests[0].events.contains { if case .reaction = $0 { true } else { false } })
        try booths[1].follow(trial.stage.now)
        // Their epoch's keys are still held for those who are slower: theirs alone don't count.
        #expect(throws: Booth.Refusal.departed) { try booths[1].open(frame, of: mallory.id) }
    }
}
