// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

/// T14.
@Suite("The server reorders")
struct ServerReordersTests {
    @Test("two messages of one sender: both arrive, and that one was missing in between is flagged")
    func messages() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1].id
        var held: [NodeMessage] = []
        trial.node.intercept = { message, to in
            guard to == victim, case .message(_, let from, _) = message, from == trial.host.id else { return [message] }
            held.append(message)
            guard held.count == 2 else { return [] }
            defer { held = [] }
            return held.reversed()
        }
        trial.stage.say(trial.host, "first")
        trial.stage.say(trial.host, "second")
        #expect(trial.guests[1].chat == ["second", "first"])
        #expect(trial.guests[1].isWarned(.withheld, about: trial.host.id))
        #expect(trial.guests[0].chat == ["first", "second"] && trial.guests[0].warnings == [])
    }

    @Test("a later commit before an earlier one: the victim comes in anew and nothing is lost for long")
    func commits() throws {
        let trial = try Trial()
        trial.expectPeace()
        let victim = trial.guests[1]
        var held: [NodeMessage] = []
        trial.node.intercept = { message, to in
            guard to == victim.id, case .commit = message else { return [message] }
            held.append(message)
            guard held.count == 2 else { return [] }
            trial.node.intercept = { message, _ in [message] }
            return held.reversed()
        }
        trial.stage.ask(trial.host, .lobby(true))
        #expect(victim.newestEpoch != trial.host.newestEpoch)
        trial.stage.ask(trial.host, .lobby(false))
        #expect(victim.isInside && victim.words == trial.host.words)
        trial.expectTalking()
    }
}
