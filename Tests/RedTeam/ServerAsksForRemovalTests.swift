// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import NativeCrypto
import Testing

/// T8: a node may ask for the place of somebody who is lost. Whoever it asks for is shown, unless they are.
@Suite("The server asks for somebody's removal")
struct ServerAsksForRemovalTests {
    /// A node says `removed` only after a host's commit.
    private func trial(_ names: [String] = ["Kofi", "Mei"]) throws -> Trial {
        let trial = try Trial(names)
        trial.node.intercept = { message, _ in if case .removed = message { [] } else { [message] } }
        trial.expectPeace()
        return trial
    }

    @Test("who is lost: removed, and nobody is alarmed")
    func lost() throws {
        let trial = try trial()
        let lost = trial.guests[1]
        trial.stage.kill(lost)
        for member in [trial.host, trial.guests[0]] {
            trial.node.deliver(.participant(NodeMessage.Present(participant: lost.id, connected: false)), to: member.id)
        }
        trial.stage.run(for: .seconds(15))
        try trial.node.proposeRemoval(of: lost.id)
        trial.stage.run(for: .seconds(1))
        for member in [trial.host, trial.guests[0]] {
            #expect(member.people[lost.id] == nil && member.warnings == [])
        }
        trial.expectTalking([trial.host, trial.guests[0]])
    }

    @Test("who is there, whenever it is since they were last heard", arguments: [1, 4, 6, 8, 11])
    func talking(seconds: Int64) throws {
        let trial = try trial()
        trial.stage.run(for: .seconds(seconds))
        let victim = trial.guests[1]
        try trial.node.proposeRemoval(of: victim.id)
        trial.stage.run(for: .milliseconds(10))
        for member in trial.everybody { #expect(member.isWarned(.nodeRemoves, about: victim.id)) }
        // They are taken out all the same, and come back by themselves: the keys changed, and everybody knows.
        trial.stage.run(for: .seconds(10))
        #expect(victim.isInside && victim.ending == nil)
        trial.expectTalking()
    }

    @Test("who is said to have been lost for long, but is heard")
    func saidToBeLost() throws {
        let trial = try trial()
        let victim = trial.guests[1]
        for member in [trial.host, trial.guests[0]] {
            trial.node.deliver(
                .participant(NodeMessage.Present(participant: victim.id, connected: false)),
                to: member.id
            )
        }
        trial.stage.run(for: .seconds(15))
        try trial.node.proposeRemoval(of: victim.id)
        trial.stage.run(for: .milliseconds(10))
        for member in trial.everybody { #expect(member.isWarned(.nodeRemoves, about: victim.id)) }
    }

    @Test("everybody: each is shown, and they find each other again")
    func everybody() throws {
        let trial = try trial(["Kofi", "Mei", "Noor"])
        for member in trial.everybody { try trial.node.proposeRemoval(of: member.id) }
        trial.stage.run(for: .milliseconds(10))
        for member in trial.everybody {
            for other in trial.everybody { #expect(member.isWarned(.nodeRemoves, about: other.id)) }
        }
        trial.stage.run(for: .seconds(20))
        for member in trial.everybody { #expect(member.isInside && member.people.count == 4) }
        trial.expectTalking()
    }

    @Test("and tells only one: their commit is refused for a proposal that nobody else has")
    func oneSided() throws {
        let trial = try trial()
        let (victim, other) = (trial.guests[0], trial.guests[1])
        trial.node.intercept = { message, to in
            if case .removed = message { return [] }
            if case .proposal = message, to != other.id { return [] }
            return [message]
        }
        try trial.node.proposeRemoval(of: victim.id)
        trial.stage.run(for: .seconds(3))
        #expect(other.isWarned(.nodeRemoves, about: victim.id))
        #expect(trial.host.isWarned(.refusedCommit, detail: "unknownProposal"))
        #expect(victim.isWarned(.refusedCommit, detail: "unknownProposal"))
        #expect(victim.ending == nil)
    }
}
