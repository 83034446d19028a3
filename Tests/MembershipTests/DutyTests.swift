// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import NativeCrypto
import Testing

@Suite("What falls to everybody is done, and by one at a time")
struct DutyTests {
    let stage = try! Stage()

    /// Who made each commit that the node took.
    private func authors(since start: Int) -> [ParticipantID] {
        stage.said[start...].compactMap { entry in
            if case .commit = entry.request { entry.from } else { nil }
        }
    }

    @Test("The designated committer is dead and nobody knows: the next in line lets people in, each within its time")
    func deadCommitter() throws {
        let host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        let second = try stage.guest("Second", by: link)
        let third = try stage.guest("Third", by: link)
        stage.freeze(host)
        let start = stage.said.count
        let late = try SimulatedMember(MemberIdentity(links: [link]), MemberSettings(name: Array("L".utf8)), seed: 50)
        stage.add(late)
        stage.run(for: .milliseconds(720))
        #expect(late.isInside && authors(since: start) == [second.id])
        stage.freeze(second)
        let later = try SimulatedMember(MemberIdentity(links: [link]), MemberSettings(name: Array("M".utf8)), seed: 51)
        stage.add(later)
        stage.run(for: .milliseconds(1_120))
        #expect(later.isInside && authors(since: start) == [second.id, third.id])
        stage.run(for: .seconds(4))
        #expect(later.name(of: late.id) == "L" && late.name(of: later.id) == "M" && later.name(of: host.id) == "Ana")
    }

    @Test("All who could let somebody in are dead: they come in by themselves")
    func allDead() throws {
        let host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        stage.freeze(host)
        let late = try stage.guest("Late", by: link)
        #expect(late.isInside && late.people.count == 2)
    }

    @Test("Keys are never older than five minutes, and not always the same one renews them")
    func epochAge() throws {
        let host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        let others = try (0..<3).map { try stage.guest("G\($0)", by: link) }
        let start = stage.said.count
        let before = stage.epoch
        stage.run(for: .seconds(30 * 60))
        let authors = authors(since: start)
        #expect(authors.count == 5 || authors.count == 6)
        #expect(stage.epoch == before + UInt64(authors.count))
        #expect(Set(authors).count >= 3)
        for member in [host] + others { #expect(member.isInside && member.warnings.isEmpty) }
    }

    @Test("Keys are renewed also while somebody comes every few seconds, whose entry alone renews none")
    func epochAgeWithArrivals() throws {
        let host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        var keys = [try #require(stage.leafKey(of: host.id)), try #require(stage.leafKey(of: kofi.id))]
        var renewed = 0
        for count in 0..<24 {
            let late = try stage.guest("L\(count)", by: link)
            stage.run(for: .seconds(20))
            stage.ask(late, .leave)
            let now = [try #require(stage.leafKey(of: host.id)), try #require(stage.leafKey(of: kofi.id))]
            if now != keys { renewed += 1 }
            keys = now
        }
        #expect(renewed >= 2)
    }

    @Test("Sixty arrive at once: few epochs, nobody lost, every name known everywhere, one and the same group")
    func crowd() throws {
        let host = try stage.host("Host")
        let link = try #require(host.linkSecret)
        let before = stage.epoch
        let crowd = try (0..<60).map { count in
            try SimulatedMember(
                MemberIdentity(links: [link]),
                MemberSettings(name: Array("P\(count)".utf8)),
                seed: 7_000 + UInt64(count)
            )
        }
        // Within a second.
        for (count, member) in crowd.enumerated() {
            stage.add(member)
            if count % 6 == 5 { stage.run(for: .milliseconds(100)) }
        }
        stage.run(for: .seconds(4))
        #expect(stage.epoch - before <= 8)
        stage.run(for: .seconds(4))
        for member in crowd + [host] {
            #expect(member.isInside && member.words == host.words && member.warnings.isEmpty)
            #expect(member.people.count == 61)
            #expect(member.people.values.allSatisfy { !$0.name.isEmpty })
        }
    }

    @Test("A person at the door whose key package can't be added doesn't keep the others out")
    func brokenNewcomer() throws {
        let host = try stage.host("Ana") { $0.lobby = true }
        let link = try #require(host.linkSecret)
        let good = try stage.guest("Good", by: link)
        // With an encryption key that is somebody else's already, which only the whole tree shows (RFC 9420 §7.3).
        let bad = try TwinKnock(
            of: #require(stage.node.keyPackages[good.id]),
            link: LinkKeys(link, with: NativeCrypto.self),
            card: #require(host.identity.hosting?.card)
        )
        stage.node.deliver(.knock(bad.sealed), to: host.id)
        stage.settle()
        #expect(host.atDoor == ["Good", "Twin"])
        let other = try stage.guest("Other", by: link)
        stage.ask(host, .admitAll)
        stage.run(for: .seconds(10))
        #expect(good.isInside && other.isInside && host.atDoor == [])
        #expect(host.people.count == 3)
    }

    @Test("Proposals that no one may commit keep nobody from speaking")
    func strayProposals() throws {
        let host = try stage.host("Ana")
        let kofi = try stage.guest("Kofi", by: #require(host.linkSecret))
        for proposal in try stage.node.strayProposals() {
            stage.node.broadcast(except: nil) { .proposal(sequence: $0, proposal: proposal) }
        }
        stage.settle()
        stage.say(kofi, "still here")
        stage.say(host, "me too")
        #expect(host.chat == ["still here"] && kofi.chat == ["me too"])
    }
}
