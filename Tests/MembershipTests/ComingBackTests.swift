// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

@Suite("Coming back, leaving, going on")
struct ComingBackTests {
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

    private func expectAllWell(_ members: SimulatedMember...) {
        for member in members {
            #expect(member.isInside)
            #expect(member.warnings == [])
            #expect(member.words == host.words)
            #expect(Set(member.people.keys) == Set(members.map(\.id)))
            #expect(member.people.values.allSatisfy { !$0.name.isEmpty })
        }
    }

    @Test("A page loaded again: the same person at the same place, and nobody sees them gone")
    func reload() throws {
        stage.say(mei, "hello")
        let again = try stage.reload(kofi, "Kofi")
        #expect(again.id == kofi.id && again.chat == ["hello"])
        expectAllWell(host, again, mei)
        #expect(host.gone.isEmpty && mei.gone.isEmpty)
        stage.run(for: .seconds(60))
        expectAllWell(host, again, mei)
        stage.say(again, "back")
        #expect(mei.chat == ["back"])
    }

    @Test("The organiser's page is loaded again: still host")
    func hostReloads() throws {
        let again = try stage.reload(host, "Ana")
        #expect(again.isInside && kofi.people[again.id]?.role == .host && again.people[again.id]?.role == .host)
        stage.ask(again, .remove(kofi.id))
        #expect(kofi.ending?.ending == .removed)
        let third = try stage.reload(again, "Ana")
        #expect(third.isInside && mei.linkSecret?.bytes == third.linkSecret?.bytes)
    }

    @Test("Two windows with the same keys: the newer takes the place, the older ends and doesn't fight for it")
    func replaced() throws {
        // The node closes the older one's socket; at the latest the commit tells it.
        stage.freeze(kofi)
        let second = try stage.enter(#require(kofi.storedIdentity), "Kofi") { $0.isReturning = true }
        let commits = stage.node.delivered.filter { if case .commit = $0.message { $0.to == host.id } else { false } }
        stage.tell(.node(try #require(commits.last).message), to: kofi)
        #expect(kofi.ending?.ending == .interrupted && kofi.ending?.reason == "replaced")
        stage.run(for: .seconds(30))
        expectAllWell(host, second, mei)
        #expect(host.gone.isEmpty)
    }

    @Test("A socket cut and resumed: what was said meanwhile comes once, and what was said into the void goes out once")
    func resume() throws {
        func say(_ member: SimulatedMember, _ text: String, to: ParticipantID? = nil) {
            stage.give(.say(id: Array(text.utf8), text: Array(text.utf8), to: to), to: member)
            stage.run(for: .seconds(1))
        }
        stage.cut(kofi)
        say(host, "one")
        stage.give(.lobby(true), to: host)
        say(host, "two")
        say(kofi, "into the void")
        say(kofi, "for Mei", to: mei.id)
        #expect(host.people[kofi.id]?.connected == false)
        stage.open(kofi)
        stage.settle()
        #expect(kofi.chat == ["one", "two"])
        #expect(host.chat == ["into the void"] && mei.chat == ["one", "two", "into the void", "for Mei"])
        #expect(kofi.policy?.lobby == true && host.people[kofi.id]?.connected == true)
        expectAllWell(host, kofi, mei)
    }

    @Test("The node took a message and its answer was lost: it is shown once")
    func lostAnswer() throws {
        stage.node.intercept = { message, _ in if case .sent = message { [] } else { [message] } }
        stage.say(kofi, "once")
        stage.say(kofi, "for Mei", to: mei.id)
        stage.node.intercept = { message, _ in [message] }
        #expect(kofi.sent.isEmpty)
        stage.cut(kofi)
        stage.open(kofi)
        stage.settle()
        #expect(host.chat == ["once"] && mei.chat == ["once", "for Mei"])
        #expect(kofi.sent.count == 2)
        expectAllWell(host, kofi, mei)
    }

    @Test("A commit whose answer was lost is known again when it comes with the backlog")
    func lostAccepted() throws {
        stage.node.intercept = { message, _ in if case .accepted = message { [] } else { [message] } }
        stage.give(.lobby(true), to: host)
        stage.run(for: .milliseconds(100))
        stage.cut(host)
        stage.node.intercept = { message, _ in [message] }
        stage.settle()
        stage.open(host)
        stage.settle()
        #expect(host.policy?.lobby == true && kofi.policy?.lobby == true)
        expectAllWell(host, kofi, mei)
    }

    @Test("A commit whose answer never comes, without a cut: the committer comes back to the others")
    func neverAnswered() throws {
        stage.node.intercept = { message, _ in if case .accepted = message { [] } else { [message] } }
        stage.give(.lobby(true), to: host)
        stage.run(for: .seconds(30))
        #expect(host.isInside && host.policy?.lobby == true && host.words == kofi.words)
        #expect(Set(host.people.keys) == [host.id, kofi.id, mei.id])
    }

    @Test("Cut for so long that the backlog is gone: back by a commit of one's own, at the same place")
    func longCut() throws {
        stage.cut(kofi)
        stage.say(host, "meanwhile")
        stage.ask(host, .lobby(true))
        stage.node.keepsBacklog = false
        stage.say(kofi, "into the void")
        stage.open(kofi)
        stage.settle()
        #expect(kofi.isInside && host.gone.isEmpty)
        #expect(kofi.chat == ["meanwhile"] && host.chat == ["into the void"])
        expectAllWell(host, kofi, mei)
    }

    @Test("Taken for lost by the node and removed; back all the same, through the open door or by knocking")
    func takenForLost() throws {
        stage.cut(kofi)
        stage.run(for: .seconds(25))
        #expect(host.gone.map(\.participant) == [kofi.id] && host.gone.map(\.by) == [nil])
        #expect(host.warnings.isEmpty)
        stage.open(kofi)
        stage.settle()
        expectAllWell(host, kofi, mei)
        stage.cut(kofi)
        stage.run(for: .seconds(25))
        stage.ask(host, .lobby(true))
        stage.open(kofi)
        stage.settle()
        #expect(!kofi.isInside && host.atDoor == ["Kofi"])
        stage.ask(host, .admit(kofi.id))
        expectAllWell(host, kofi, mei)
    }

    @Test("The link turned while they were cut: they knock, and are shown the new one")
    func linkTurnedMeanwhile() throws {
        stage.cut(kofi)
        stage.ask(host, .resetLink)
        stage.node.keepsBacklog = false
        stage.open(kofi)
        stage.settle()
        #expect(!kofi.isInside)
        stage.run(for: .seconds(20))
        #expect(host.atDoor == ["Kofi"])
        stage.ask(host, .admit(kofi.id))
        // Their old place has to be given up first.
        stage.run(for: .seconds(20))
        expectAllWell(host, kofi, mei)
        #expect(kofi.linkSecret?.bytes == host.linkSecret?.bytes)
    }

    @Test("Two commits at once: one epoch, the other's wish is carried out in the next")
    func simultaneous() throws {
        stage.ask(host, .cohost(kofi.id, true))
        let before = stage.epoch
        stage.give(.lobby(true), to: host)
        stage.give(.lock(true), to: kofi)
        stage.settle()
        #expect(stage.epoch == before + 2)
        for member in [host, kofi, mei] {
            #expect(member.policy?.lobby == true && member.policy?.locked == true)
            #expect(member.failures.isEmpty)
        }
        expectAllWell(host, kofi, mei)
        // A removal and a change of the link at once.
        stage.give(.remove(mei.id), to: kofi)
        stage.give(.resetLink, to: host)
        stage.settle()
        #expect(mei.ending?.ending == .removed)
        expectAllWell(host, kofi)
        #expect(host.linkSecret?.bytes == kofi.linkSecret?.bytes)
        #expect(host.policy?.linkGeneration == 3)
    }

    @Test("Wishes in quick succession: the last one holds")
    func quickWishes() throws {
        for locked in [true, false, true] { stage.give(.lock(locked), to: host) }
        stage.settle()
        #expect(kofi.policy?.locked == true)
        for locked in [false, true, false] { stage.give(.lock(locked), to: host) }
        stage.settle()
        #expect(kofi.policy?.locked == false)
        expectAllWell(host, kofi, mei)
    }

    @Test("Who leaves is gone within a second, and the others' sealing moves on")
    func leaving() throws {
        let before = try #require(host.newestEpoch)
        stage.give(.leave, to: kofi)
        stage.run(for: .seconds(1))
        #expect(kofi.ending?.ending == .left)
        #expect(host.gone.map(\.participant) == [kofi.id] && host.gone.map(\.by) == [nil])
        #expect(mei.sendingEpoch == before + 1)
        stage.say(mei, "bye")
        #expect(host.chat == ["bye"])
        expectAllWell(host, mei)
    }

    @Test("All leave at once but one")
    func allLeave() throws {
        let late = try stage.guest("Late", by: link)
        for member in [host, kofi, mei] { stage.give(.leave, to: member) }
        stage.settle()
        #expect(late.people.count == 1 && late.warnings.isEmpty)
        let again = try stage.guest("Again", by: link)
        #expect(again.isInside && again.name(of: late.id) == "Late")
    }

    @Test("The organiser leaves, the meeting goes on, and they come back as host")
    func founderGone() throws {
        stage.ask(host, .leave)
        let late = try stage.guest("Late", by: link)
        #expect(late.isInside && late.people.values.allSatisfy { $0.role == .guest })
        let again = try stage.enter(#require(host.storedIdentity), "Ana")
        #expect(again.isInside)
        for member in [kofi, mei, late] { #expect(member.people[again.id]?.role == .host) }
    }

    @Test("The node dies and comes back with nothing: a host founds anew under the same link, and all find in again")
    func restart() throws {
        stage.ask(host, .history(.nothing))
        stage.ask(host, .resetLink)
        for member in [host, kofi, mei] { stage.cut(member) }
        stage.node.restart()
        stage.open(kofi)
        stage.settle()
        #expect(kofi.ending == nil && kofi.failures == ["join notFound"])
        stage.open(host)
        stage.settle()
        stage.open(mei)
        stage.cut(kofi)
        stage.open(kofi)
        stage.settle()
        expectAllWell(host, kofi, mei)
        #expect(kofi.policy?.history == .nothing)
        #expect(kofi.linkSecret?.bytes == host.linkSecret?.bytes)
    }

    @Test("A locked meeting isn't open after a restart: a host looks at who comes back")
    func lockedRestart() throws {
        stage.ask(host, .lock(true))
        for member in [host, kofi, mei] { stage.cut(member) }
        stage.node.restart()
        stage.open(host)
        stage.settle()
        stage.open(kofi)
        stage.settle()
        #expect(!kofi.isInside && host.atDoor == ["Kofi"])
        stage.ask(host, .admit(kofi.id))
        expectAllWell(host, kofi)
    }

    @Test("A node that rolls the group back is seen through by who was further")
    func rollback() throws {
        let old = try #require(stage.node.room)
        stage.say(host, "hello")
        stage.ask(host, .lobby(true))
        stage.cut(kofi)
        stage.node.keepsBacklog = false
        stage.node.room = old
        stage.open(kofi)
        stage.settle()
        #expect(!kofi.isInside && kofi.warningKinds == [.fork])
        #expect(kofi.ending?.reason == "rollback")
    }
}
