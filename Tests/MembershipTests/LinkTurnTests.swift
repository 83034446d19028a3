// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

@Suite("A link turns")
struct LinkTurnTests {
    let stage = try! Stage()
    let host: SimulatedMember
    let kofi: SimulatedMember
    let mei: SimulatedMember
    let link: LinkSecret

    init() throws {
        host = try stage.host("Ana")
        link = try #require(host.linkSecret)
        kofi = try stage.guest("Kofi", by: link)
        mei = try stage.guest("Mei", by: link)
    }

    @Test(
        "A removal gives those who stay a new link; the old one only knocks, and brings the new one to who is admitted"
    )
    func removal() throws {
        stage.ask(host, .remove(kofi.id))
        #expect(kofi.ending?.ending == .removed && kofi.ending?.by == host.id)
        #expect(mei.gone.map(\.participant) == [kofi.id] && mei.gone.map(\.by) == [host.id])
        let turned = try #require(host.linkSecret)
        #expect(turned.bytes != link.bytes && mei.linkSecret?.bytes == turned.bytes)
        #expect(kofi.linkSecret?.bytes == link.bytes)
        let late = try stage.guest("Late", by: link)
        #expect(!late.isInside && host.atDoor == ["Late"])
        stage.ask(host, .admit(late.id))
        #expect(late.isInside && late.linkSecret?.bytes == turned.bytes)
        let invited = try stage.guest("Invited", by: #require(late.linkSecret))
        #expect(invited.isInside && invited.name(of: late.id) == "Late")
        // The newcomer opens knocks by the old link, too, and may be made co-host for it.
        stage.ask(host, .cohost(late.id, true))
        stage.ask(host, .remove(mei.id))
        let again = try stage.guest("Again", by: link)
        #expect(late.atDoor == ["Again"])
        stage.ask(late, .admit(again.id))
        #expect(again.isInside && again.linkSecret?.bytes == host.linkSecret?.bytes)
        for member in [host, late, invited, again] { #expect(member.warnings.isEmpty) }
    }

    @Test("Who was removed, with all they had, gets in by no way and opens nothing that comes after")
    func removedWithEverything() throws {
        let state = kofi.member
        let identity = try #require(kofi.storedIdentity)
        let before = try #require(kofi.newestEpoch)
        stage.ask(host, .remove(kofi.id))
        let epoch = try #require(host.newestEpoch)
        #expect(epoch == before + 1 && host.sendingEpoch == epoch && mei.sendingEpoch == epoch)
        stage.say(mei, "he is gone")
        #expect(host.chat == ["he is gone"])
        // Everything that went over the wire, given to the state as it was before the removal.
        let thief = SimulatedMember(state, of: kofi, seed: 9)
        for (_, message) in stage.node.delivered {
            switch message {
            // All but the commit that says that it is over.
            case .message, .proposal: stage.tell(.node(message), to: thief)
            default: break
            }
        }
        #expect(thief.chat == [] && thief.frameKey(epoch) == nil && thief.newestEpoch == nil)
        // By itself through the door, by all links it has.
        let again = try stage.enter(identity, "Kofi") { $0.isReturning = true }
        #expect(!again.isInside && again.lastPhase == 1)
        // The node helps: it says that the link is current, and gives the group info.
        stage.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            door.isCurrent = true
            return [.door(door)]
        }
        let helped = try stage.enter(identity, "Kofi") { $0.isReturning = true }
        #expect(!helped.isInside && helped.frameKey(epoch) == nil)
        #expect(host.people.count == 2 && mei.people.count == 2)
        #expect(host.warnings.isEmpty && mei.warnings.isEmpty)
    }

    @Test("Reset: the same, and nobody goes")
    func reset() throws {
        stage.ask(host, .resetLink)
        let turned = try #require(host.linkSecret)
        #expect(turned.bytes != link.bytes)
        #expect(kofi.linkSecret?.bytes == turned.bytes && mei.linkSecret?.bytes == turned.bytes)
        #expect(host.people.count == 3 && host.gone.isEmpty)
        let old = try stage.guest("Old", by: link)
        let new = try stage.guest("New", by: turned)
        #expect(!old.isInside && new.isInside)
    }

    @Test("The link turns while somebody is at the door: who admits them sends the new one")
    func turnsMeanwhile() throws {
        stage.ask(host, .lobby(true))
        let late = try stage.guest("Late", by: link)
        stage.ask(host, .resetLink)
        #expect(host.atDoor == ["Late"])
        stage.ask(host, .admit(late.id))
        #expect(late.isInside && late.warnings.isEmpty)
        #expect(late.linkSecret?.bytes == host.linkSecret?.bytes)
    }

    @Test("The link turns while somebody comes through the open door: they knock")
    func turnsAtOpenDoor() throws {
        let late = try SimulatedMember(
            MemberIdentity(links: [link]),
            MemberSettings(name: Array("Late".utf8)),
            seed: 77
        )
        // Those inside don't see the first knock.
        stage.node.intercept = { message, _ in if case .knock = message { [] } else { [message] } }
        stage.add(late)
        stage.run(for: .seconds(1))
        stage.give(.resetLink, to: host)
        stage.run(for: .milliseconds(500))
        stage.node.intercept = { message, _ in [message] }
        stage.run(for: .seconds(5))
        #expect(!late.isInside && host.atDoor == ["Late"])
        stage.ask(host, .admit(late.id))
        #expect(late.isInside && late.warnings.isEmpty)
    }

    @Test("A node can't invite into a group of its own who comes by an older link, or by any")
    func forgedInvitation() throws {
        stage.ask(host, .lobby(true))
        let forger = try ForgedMeeting(like: #require(stage.node.room?.group))
        stage.node.interceptRequest = { request, _ in if case .knock = request { nil } else { request } }
        for invites in [false, true] {
            let late = try stage.guest("Victim", by: link)
            let welcome = try forger.welcome(try #require(stage.node.keyPackages[late.id]), invites: invites)
            stage.node.deliver(.welcome(welcome), to: late.id)
            stage.settle()
            #expect(!late.isInside && late.ending?.ending == .foreignRoom)
        }
    }
}
