// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

@Suite("At the door")
struct DoorTests {
    let stage = try! Stage()

    @Test("A lobby: who knocks waits, only keepers see the name, and who is admitted is in with everybody's name")
    func lobby() throws {
        let host = try stage.host("Ana") { $0.lobby = true }
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        #expect(!kofi.isInside && kofi.lastPhase == 1)
        #expect(host.atDoor == ["Kofi"])
        stage.ask(host, .admit(kofi.id))
        #expect(kofi.isInside && host.atDoor == [])
        #expect(kofi.name(of: host.id) == "Ana" && host.name(of: kofi.id) == "Kofi")
        let mei = try stage.guest("Mei", by: link)
        #expect(host.atDoor == ["Mei"] && kofi.atDoor == [])
        // A guest asks for what isn't theirs.
        stage.ask(kofi, .admit(mei.id))
        stage.ask(kofi, .admitAll)
        stage.ask(kofi, .deny(mei.id))
        #expect(!mei.isInside && host.atDoor == ["Mei"])
        #expect(kofi.failures == ["admit notAllowed", "deny notAllowed"])
        #expect(host.warnings.isEmpty && kofi.warnings.isEmpty)
    }

    @Test("Denied: they are told so, and nobody shows them any more")
    func deny() throws {
        let host = try stage.host { $0.lobby = true }
        let kofi = try stage.guest("Kofi", by: #require(host.linkSecret))
        stage.ask(host, .deny(kofi.id))
        #expect(kofi.ending?.ending == .refused && kofi.ending?.reason == "denied")
        #expect(host.atDoor == [])
    }

    @Test("Everybody at the door is admitted by one commit")
    func admitAll() throws {
        let host = try stage.host { $0.lobby = true }
        let link = try #require(host.linkSecret)
        let guests = try (0..<5).map { try stage.guest("G\($0)", by: link) }
        #expect(host.atDoor.count == 5)
        let before = stage.epoch
        stage.ask(host, .admitAll)
        #expect(stage.epoch == before + 1)
        for guest in guests {
            #expect(guest.isInside)
            #expect(guest.people.count == 6 && guest.people.values.allSatisfy { !$0.name.isEmpty })
        }
    }

    @Test("Who gives up at the door is shown no more")
    func givesUp() throws {
        let host = try stage.host { $0.lobby = true }
        let kofi = try stage.guest("Kofi", by: #require(host.linkSecret))
        stage.ask(kofi, .leave)
        #expect(host.atDoor == [] && kofi.ending?.ending == .left)
    }

    @Test("Locked: nobody new comes in and nobody can be admitted, but a host and who was there before")
    func lock() throws {
        let host = try stage.host()
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        stage.ask(host, .lock(true))
        #expect(kofi.policy?.locked == true)
        let late = try stage.guest("Late", by: link)
        #expect(!late.isInside && host.atDoor == ["Late"])
        stage.ask(host, .admit(late.id))
        #expect(!late.isInside && host.failures == ["admit locked"])
        let again = try stage.reload(kofi, "Kofi")
        #expect(again.isInside && again.id == kofi.id)
        stage.ask(host, .lock(false))
        // Open again: everybody's duty, nobody's click.
        #expect(late.isInside && host.atDoor == [])
        #expect(host.warnings.isEmpty && again.warnings.isEmpty)
    }

    @Test("While no keeper is here people wait, if the policy says so, until a host comes")
    func absenceWaits() throws {
        let host = try stage.host { $0.lobby = true }
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        stage.ask(host, .admit(kofi.id))
        stage.ask(host, .leave)
        let mei = try stage.guest("Mei", by: link)
        #expect(!mei.isInside && mei.lastPhase == 2 && kofi.atDoor == [])
        stage.run(for: .seconds(60))
        #expect(!mei.isInside)
        let again = try stage.enter(#require(host.storedIdentity), "Ana")
        #expect(again.isInside && kofi.people[again.id]?.role == .host)
        #expect(again.atDoor == ["Mei"])
        stage.ask(again, .admit(mei.id))
        #expect(mei.isInside && mei.name(of: kofi.id) == "Kofi")
    }

    @Test("While no keeper is here any member admits, if the policy says so, and only then")
    func absenceMembersAdmit() throws {
        let host = try stage.host {
            $0.lobby = true
            $0.absence = .membersAdmit
        }
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        stage.ask(host, .admit(kofi.id))
        let mei = try stage.guest("Mei", by: link)
        #expect(kofi.atDoor == [])
        stage.ask(host, .leave)
        #expect(kofi.atDoor == ["Mei"] && !mei.isInside)
        stage.ask(kofi, .admit(mei.id))
        #expect(mei.isInside)
        let again = try stage.enter(#require(host.storedIdentity), "Ana")
        let late = try stage.guest("Late", by: link)
        #expect(again.atDoor == ["Late"] && kofi.atDoor == [] && mei.atDoor == [])
        stage.ask(kofi, .admit(late.id))
        #expect(!late.isInside && kofi.failures == ["admit notAllowed"])
    }

    @Test("A host on a second device is host there too, and comes through a closed door")
    func secondDevice() throws {
        let host = try stage.host { $0.lobby = true }
        var identity = try #require(host.storedIdentity)
        identity.signaturePrivateKey = nil
        let second = try stage.enter(identity, "Ana's phone")
        #expect(second.isInside && second.id != host.id)
        #expect(host.people[second.id]?.role == .host && second.people[host.id]?.role == .host)
        let kofi = try stage.guest("Kofi", by: #require(host.linkSecret))
        #expect(host.atDoor == ["Kofi"] && second.atDoor == ["Kofi"])
        stage.ask(second, .admit(kofi.id))
        #expect(kofi.isInside && host.atDoor == [] && second.atDoor == [])
    }

    @Test("A wrong link gets nowhere, and a node that shows another room's card is seen through")
    func wrongLink() throws {
        let host = try stage.host("Ana")
        let stranger = try stage.guest("Eve", by: #require(LinkSecret(Array(repeating: 1, count: 16))))
        #expect(stranger.ending?.ending == .refused && stranger.ending?.reason == "notFound")
        let card = try #require(stage.node.room?.cards.values.first)
        stage.node.intercept = { message, _ in
            guard case .refused = message else { return [message] }
            let door = NodeMessage.Door(
                card: card,
                isCurrent: true,
                epoch: 0,
                generation: 1,
                lobby: false,
                locked: false,
                hostPresent: true,
                accountable: false
            )
            return [.door(door)]
        }
        let misled = try stage.guest("Mei", by: #require(LinkSecret(Array(repeating: 2, count: 16))))
        #expect(misled.ending?.ending == .foreignRoom && misled.warningKinds == [.foreignCard])
        #expect(host.people.count == 1)
    }

    @Test("An accountable meeting says so at the door, before anybody inside has heard of the newcomer")
    func accountable() throws {
        let host = try stage.host {
            $0.accountable = true
            $0.lobby = true
        }
        let knocks = { self.stage.said.filter { if case .knock = $0.request { true } else { false } }.count }
        stage.node.interceptRequest = { request, _ in if case .knock = request { nil } else { request } }
        let kofi = try stage.guest("Kofi", by: #require(host.linkSecret))
        #expect(kofi.policy?.accountable == true && host.atDoor == [] && knocks() == 1)
        let order = kofi.events.firstIndex { if case .policy = $0 { true } else { false } }
        let waiting = kofi.events.firstIndex { if case .phase(1) = $0 { true } else { false } }
        #expect(try #require(order) < #require(waiting))
    }

    @Test("A node that calls an accountable meeting none: who comes in by that leaves before saying a word")
    func accountableDenied() throws {
        let host = try stage.host { $0.accountable = true }
        stage.node.intercept = { message, _ in
            guard case .door(var door) = message else { return [message] }
            door.accountable = false
            return [.door(door)]
        }
        let kofi = try stage.guest("Kofi", by: #require(host.linkSecret))
        #expect(kofi.ending?.ending == .interrupted && kofi.ending?.reason == "accountable")
        #expect(!stage.said.contains { if case .message = $0.request { $0.from == kofi.id } else { false } })
    }
}
