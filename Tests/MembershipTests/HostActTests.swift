// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import Testing

@Suite("What hosts and co-hosts may do to others")
struct HostActTests {
    let stage = try! Stage()
    let host: SimulatedMember
    let kofi: SimulatedMember
    let mei: SimulatedMember

    init() throws {
        host = try stage.host("Ana") { $0.flags = [.microphone] }
        let link = try #require(host.linkSecret)
        kofi = try stage.guest("Kofi", by: link) { $0.flags = [.microphone, .camera] }
        mei = try stage.guest("Mei", by: link) { $0.flags = [.microphone] }
    }

    @Test("Muted by a host: the microphone is off for everybody until its owner turns it on again")
    func mute() throws {
        stage.ask(host, .mute(kofi.id))
        #expect(kofi.mutedBy == [host.id])
        #expect(mei.people[kofi.id]?.flags == [.camera])
        #expect(mei.people[kofi.id]?.isMuted == true)
        stage.ask(kofi, .state([.microphone, .camera]))
        for member in [host, mei] {
            #expect(member.people[kofi.id]?.isMuted == false)
            #expect(member.people[kofi.id]?.flags == [.microphone, .camera])
        }
    }

    @Test("Mute all spares who asks, and hosts if a co-host asks")
    func muteAll() throws {
        stage.ask(host, .cohost(mei.id, true))
        #expect(kofi.people[mei.id]?.role == .cohost)
        stage.ask(mei, .muteAll)
        #expect(kofi.mutedBy == [mei.id] && host.mutedBy == [] && mei.mutedBy == [])
        stage.ask(host, .muteAll)
        #expect(mei.mutedBy == [host.id] && host.mutedBy == [])
    }

    @Test("A hand is lowered")
    func lowerHand() throws {
        stage.ask(kofi, .state([.hand]))
        #expect(host.people[kofi.id]?.flags == [.hand])
        stage.ask(host, .lowerHand(kofi.id))
        #expect(kofi.handLoweredBy == [host.id] && mei.people[kofi.id]?.flags == [])
    }

    @Test("A co-host lets in, mutes and removes guests, and nothing more; a guest does nothing of it")
    func limits() throws {
        stage.ask(host, .cohost(kofi.id, true))
        #expect(kofi.people[kofi.id]?.role == .cohost)
        for input in [
            MemberInput.mute(host.id), .lowerHand(host.id), .remove(host.id), .absence(.membersAdmit),
            .history(.nothing), .cohost(mei.id, true), .end,
        ] {
            let before = kofi.failures.count
            stage.ask(kofi, input)
            #expect(kofi.failures.count == before + 1)
        }
        stage.ask(kofi, .lobby(true))
        #expect(host.policy?.lobby == true)
        for input in [
            MemberInput.mute(kofi.id), .muteAll, .lowerHand(kofi.id), .remove(kofi.id), .lock(true), .lobby(false),
            .resetLink, .end,
        ] {
            let before = mei.failures.count
            stage.ask(mei, input)
            #expect(mei.failures.count == before + 1)
        }
        #expect(host.policy?.lobby == true && host.policy?.locked == false)
        stage.ask(kofi, .remove(mei.id))
        #expect(mei.ending?.ending == .removed && mei.ending?.by == kofi.id)
        stage.ask(host, .cohost(kofi.id, false))
        #expect(kofi.people[kofi.id]?.role == .guest)
        for member in [host, kofi] { #expect(member.warnings.isEmpty) }
    }

    @Test("Who is shown out is no co-host any more when let in again")
    func removedCohost() throws {
        stage.ask(host, .cohost(kofi.id, true))
        stage.ask(host, .remove(kofi.id))
        #expect(host.policy?.cohosts == [])
        let again = try stage.enter(#require(kofi.storedIdentity), "Kofi")
        stage.ask(host, .admit(again.id))
        #expect(again.isInside && host.people[again.id]?.role == .guest)
    }

    @Test("The end is a host's signed word, also while somebody's leaving waits for its commit")
    func end() throws {
        // Mei leaves, and the commit for it is never made.
        stage.node.interceptRequest = { request, _ in if case .commit = request { nil } else { request } }
        stage.ask(mei, .leave)
        stage.ask(host, .end)
        #expect(kofi.ending?.ending == .ended && kofi.ending?.by == host.id)
        #expect(host.ending?.ending == .ended)
    }

    @Test("Ended, removed or muted by the node alone: an interruption, not a host's act")
    func byNodeAlone() throws {
        stage.node.deliver(.ended, to: kofi.id)
        stage.node.deliver(.removed, to: mei.id)
        stage.settle()
        #expect(kofi.ending?.ending == .interrupted && kofi.ending?.by == nil)
        #expect(mei.ending?.ending == .interrupted && mei.ending?.by == nil)
        #expect(host.isInside)
    }
}
