// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import SFrame
import Testing

/// T14, T19: everything that was ever sent comes again.
@Suite("The server replays")
struct ServerReplaysTests {
    private func summary(_ member: SimulatedMember) -> [String] {
        [
            "\(member.chat)", "\(String(describing: member.newestEpoch))", "\(member.people.count)", "\(member.words)",
            "\(member.events.count { if case .reaction = $0 { true } else { false } })",
            "\(member.events.count { if case .mutedBy = $0 { true } else { false } })",
            "\(String(describing: member.ending))", "\(member.isInside)",
        ]
    }

    @Test("handshakes, messages, Welcomes and all else, in order and backwards: nothing changes")
    func everything() throws {
        let trial = try Trial()
        trial.stage.say(trial.host, "hello")
        trial.stage.ask(trial.guests[0], .react(Array("👍".utf8)))
        trial.stage.ask(trial.host, .mute(trial.guests[1].id))
        trial.stage.ask(trial.host, .lobby(true))
        trial.stage.ask(trial.host, .lobby(false))
        trial.stage.say(trial.guests[1], "bye")
        trial.expectPeace()
        let before = trial.everybody.map(summary)
        #expect(before[2][5] == "1")
        for record in [trial.node.delivered, trial.node.delivered.reversed()] {
            for (to, message) in record { trial.node.deliver(message, to: to) }
            trial.stage.run(for: .seconds(1))
        }
        #expect(trial.everybody.map(summary) == before)
        trial.expectTalking()
    }

    @Test("a host's act: who was muted once and speaks again isn't muted by it")
    func hostAct() throws {
        let trial = try Trial()
        let victim = trial.guests[0]
        trial.stage.ask(victim, .state([.microphone]))
        let from = trial.node.delivered.count
        trial.stage.ask(trial.host, .mute(victim.id))
        let act = trial.node.delivered[from...].filter { $0.to == victim.id }
        #expect(victim.people[victim.id]?.flags.contains(.microphone) == false)
        trial.stage.ask(victim, .state([.microphone]))
        for (to, message) in act { trial.node.deliver(message, to: to) }
        trial.stage.run(for: .seconds(1))
        #expect(victim.people[victim.id]?.flags.contains(.microphone) == true)
        #expect(victim.events.count { if case .mutedBy = $0 { true } else { false } } == 1)
        trial.expectPeace()
    }

    @Test("the knock of somebody who was removed: nobody is let in by it")
    func knock() throws {
        let trial = try Trial()
        let victim = trial.guests[1]
        let knocks = trial.node.delivered.filter {
            if case .knock(let knock) = $0.message { knock.participant == victim.id } else { false }
        }
        #expect(!knocks.isEmpty)
        trial.stage.ask(trial.host, .remove(victim.id))
        #expect(victim.ending?.ending == .removed && victim.ending?.by == trial.host.id)
        for (to, message) in knocks { trial.node.deliver(message, to: to) }
        trial.stage.run(for: .seconds(30))
        for member in [trial.host, trial.guests[0]] {
            #expect(member.people[victim.id] == nil)
            #expect(member.warnings == [])
        }
    }

    @Test("frames: the same one opens as a repeat, an altered one under its counter never")
    func frames() throws {
        let trial = try Trial()
        let (speaker, listener) = (Booth(trial.host), Booth(trial.guests[0]))
        try speaker.follow(trial.stage.now)
        try listener.follow(trial.stage.now)
        let frame = try speaker.seal("one")
        #expect(try listener.open(frame, of: trial.host.id) == "one")
        // The network may do that by itself: RFC 9605 leaves it to the decoder, which knows the frame.
        #expect(try listener.open(frame).origin.isRepeat)
        for index in frame.indices {
            var altered = frame
            altered[index] ^= 1
            #expect(!listener.opens(altered))
        }
        // After ten seconds its epoch's keys are gone.
        trial.stage.ask(trial.host, .lock(true))
        trial.stage.run(for: .seconds(10))
        try listener.follow(trial.stage.now)
        try listener.follow(trial.stage.now + .seconds(11))
        #expect(throws: SFrameRefusal.unknownKeyID) { try listener.open(frame, of: trial.host.id) }
    }
}
