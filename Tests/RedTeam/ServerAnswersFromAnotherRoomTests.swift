// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import Testing

@testable import MLS
@testable import Membership

/// Whatever belongs to another meeting, be it of the same host, is foreign in this one.
@Suite("The server answers from another room")
struct ServerAnswersFromAnotherRoomTests {
    @Test("with another meeting's card: the newcomer says that it isn't the link's meeting")
    func card() throws {
        let trial = try Trial()
        let other = try Trial(seed: 2)
        let foreign = try #require(other.node.room?.cards.values.first)
        trial.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            door.card = foreign
            return [.door(door)]
        }
        let late = try trial.stage.guest("Late", by: trial.link)
        #expect(late.ending?.ending == .foreignRoom && late.warningKinds == [.foreignCard])
        // Nothing of theirs has reached the node but a key package.
        #expect(trial.node.waiting.isEmpty)
    }

    @Test("with a card of its own, sealed by somebody who has the link: the link isn't a hash of it")
    func exchangedCard() throws {
        let trial = try Trial()
        let keys = try LinkKeys(trial.link, with: NativeCrypto.self)
        var content = ByteWriter(reserving: 256)
        Card(hostKey: trial.randomness.bytes(32)).write(into: &content)
        content.writeOpaque(trial.randomness.bytes(32))
        let forged = try keys.seal(content.bytes, for: .card, with: NativeCrypto.self, using: &trial.randomness)
        #expect(throws: LinkRefusal.cardNotOfLink) {
            try MeetingLink(trial.link, sealedCard: forged, with: NativeCrypto.self)
        }
        trial.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            door.card = forged.bytes
            return [.door(door)]
        }
        let late = try trial.stage.guest("Late", by: trial.link)
        #expect(late.ending?.ending == .foreignRoom && late.warningKinds == [.foreignCard])
    }

    @Test("with another meeting's group info, Welcome, commits, proposals, messages, knocks and refusals")
    func everything() throws {
        let trial = try Trial()
        let other = try Trial(seed: 2)
        other.stage.ask(other.host, .lobby(true))
        other.stage.say(other.host, "elsewhere")
        let knocker = try other.stage.guest("Knocker", by: other.link)
        #expect(!knocker.isInside)
        trial.expectPeace()
        let epoch = try #require(trial.host.newestEpoch)
        for victim in trial.everybody {
            for (_, message) in other.node.delivered {
                // What can't be told apart before it is opened: commits of this epoch's number.
                if case .commit(let number, _, let commit) = message {
                    trial.node.deliver(.commit(sequence: number, epoch: epoch, commit: commit), to: victim.id)
                    continue
                }
                if case .refused = message { continue }
                trial.node.deliver(message, to: victim.id)
            }
        }
        trial.stage.run(for: .seconds(1))
        for member in trial.everybody {
            #expect(member.newestEpoch == epoch && member.ending == nil && member.chat == [])
            #expect(member.people.count == 3)
            #expect(member.warningKinds == [.refusedCommit, .unreadableMessages])
            // Nobody in this meeting is accused of what was done in the other.
            #expect(member.warnings.allSatisfy { $0.about == nil })
        }
        trial.expectTalking()
    }

    @Test("with the group info of another meeting of the same host, for somebody who comes in by themselves")
    func groupInfo() throws {
        let trial = try Trial()
        let other = try Trial(seed: 2)
        let foreign = try #require(other.node.room)
        trial.node.interceptRequest = { request, _ in if case .knock = request { nil } else { request } }
        trial.node.intercept = { message, _ in
            guard case .group(let epoch, _, _) = message else { return [message] }
            return [.group(epoch: epoch, groupInfo: foreign.sealedGroupInfo, tree: foreign.group.tree.encoded)]
        }
        let late = try trial.stage.guest("Late", by: trial.link)
        // Sealed under another link: no more than a broken one. They knock again, to be let in by somebody.
        #expect(!late.isInside && late.ending == nil)
        trial.node.interceptRequest = { request, _ in request }
        trial.node.intercept = { message, _ in [message] }
        trial.expectTalking()
    }

    @Test("with a host's act from another meeting of the same host")
    func hostAct() throws {
        let trial = try Trial()
        let victim = trial.guests[0]
        trial.stage.ask(victim, .state([.microphone]))
        // The same organiser's keys, another meeting.
        let elsewhere = try Stage(seed: 9)
        let host = try elsewhere.enter(trial.host.identity, "Ana")
        let link = try #require(host.linkSecret)
        let guest = try elsewhere.guest("Noor", by: link)
        elsewhere.ask(host, .mute(guest.id))
        elsewhere.ask(host, .end)
        #expect(guest.ending?.ending == .ended)
        for (_, message) in elsewhere.node.delivered {
            guard case .message = message else { continue }
            trial.node.deliver(message, to: victim.id)
        }
        trial.stage.run(for: .seconds(1))
        #expect(victim.ending == nil && victim.people[victim.id]?.flags == [.microphone])
        #expect(victim.warningKinds == [.unreadableMessages])
        trial.expectTalking()
    }
}
