// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Membership
import NativeCrypto
import TestSupport
import Testing

@testable import Participant

/// Members without sockets: the test says what a node would.
@Suite("A member and its words with the node")
struct MeetingClientTests {
    private let key = [UInt8](repeating: 7, count: 32)
    private let now = Moment(nanoseconds: 1_000_000_000)
    private let clock: UInt64 = 1_800_000_000_000

    private func identity() throws -> MemberIdentity {
        var randomness = SeededRandomness(seed: 1)
        return try MemberIdentity(foundingAt: [], with: NativeCrypto.self, using: &randomness)
    }

    private func client(_ identity: MemberIdentity, _ name: String) throws -> MeetingClient {
        try MeetingClient(identity, MemberSettings(name: Array(name.utf8)))
    }

    private func messages(_ outputs: [MeetingClient.Output]) -> [ClientMessage] {
        outputs.compactMap { if case .send(let message) = $0 { message } else { nil } }
    }

    private func resumeToken() -> ResumeToken {
        var randomness = SeededRandomness(seed: 2)
        return ResumeToken(using: &randomness)
    }

    /// A host whose meeting runs, and what it has left at the node.
    private func founded() throws -> (client: MeetingClient, found: FoundRequest, keys: [FrameKeyChange]) {
        var host = try client(try identity(), "Ana")
        _ = host.handle(.opened, now: now, clock: clock)
        let own = try #require(host.view.own)
        let asked = messages(host.receive(.vacant(own, key: key), now: now, clock: clock))
        guard case .found(let found)? = asked.first else { throw Missing() }
        let outputs = host.receive(
            .welcome(
                Entrance(
                    own: own,
                    resume: resumeToken(),
                    epoch: 0,
                    sequence: 0,
                    participants: [Presence(id: own, connected: true)]
                )
            ),
            now: now,
            clock: clock
        )
        let keys = outputs.compactMap { if case .frames(let change) = $0 { change } else { nil } }
        return (host, found, keys)
    }

    private struct Missing: Error {}

    @Test("the first word is a join under the link's alias, with a key package that gives the participant's id")
    func firstWord() throws {
        let identity = try identity()
        var host = try client(identity, "Ana")
        let sent = messages(host.handle(.opened, now: now, clock: clock))
        guard case .join(let join)? = sent.first else { throw Missing() }
        #expect(join.meeting == (try LinkKeys(identity.links[0], with: NativeCrypto.self)).alias)
        #expect(join.create)
        #expect(join.resume == nil)
        #expect(!join.keyPackage.isEmpty)
        #expect(sent.count == 1)
        var guest = try client(MemberIdentity(links: identity.links), "Ben")
        guard case .join(let other)? = messages(guest.handle(.opened, now: now, clock: clock)).first else {
            throw Missing()
        }
        #expect(other.meeting == join.meeting)
        #expect(!other.create)
    }

    @Test("who founds a meeting is in it with frame keys, and holds its link")
    func founding() throws {
        let (host, found, keys) = try founded()
        #expect(host.view.isInside)
        #expect(host.view.link != nil)
        #expect(!found.card.isEmpty)
        guard case .addEpoch(let epoch)? = keys.first, case .startSending(0)? = keys.dropFirst().first else {
            throw Missing()
        }
        #expect(epoch.members.map(\.participant) == [host.view.own])
        #expect(epoch.baseKey.count == 16)
    }

    @Test("a guest knocks at an open door, and the host's commit takes it in with the name that it knocked with")
    func entering() throws {
        var (host, found, _) = try founded()
        let link = try #require(host.view.link)
        var guest = try client(MemberIdentity(links: [link]), "Ben")
        _ = guest.handle(.opened, now: now, clock: clock)
        let ben = try #require(guest.view.own)
        let door = Door(
            participant: ben,
            card: found.card,
            current: true,
            epoch: 0,
            generation: 0,
            lobby: false,
            locked: false,
            hostPresent: true,
            accountable: false,
            key: key
        )
        guard case .knock(let knock)? = messages(guest.receive(.door(door), now: now, clock: clock)).first else {
            throw Missing()
        }
        let alias = try LinkKeys(link, with: NativeCrypto.self).alias
        _ = host.receive(
            .knock(SealedKnock(participant: ben, knock: knock, meeting: alias)),
            now: now,
            clock: clock
        )
        // The host waits for more who come at the same time.
        let due = try #require(host.nextDeadline)
        let committed = messages(host.handle(.timeout, now: due, clock: clock))
        guard case .commit(let commit)? = committed.first else { throw Missing() }
        _ = host.receive(.accepted(request: commit.request, epoch: 1, sequence: 1), now: due, clock: clock)
        #expect(commit.epoch == 0)
        #expect(commit.welcome != nil)
        #expect(host.view.people[ben]?.name == Array("Ben".utf8))
        #expect(host.view.words?.epoch == 1)
    }

    @Test("a room whose card isn't the link's is left at once")
    func foreignRoom() throws {
        let (host, _, _) = try founded()
        var guest = try client(MemberIdentity(links: [try #require(host.view.link)]), "Ben")
        _ = guest.handle(.opened, now: now, clock: clock)
        let door = Door(
            participant: try #require(guest.view.own),
            card: [UInt8](repeating: 0, count: 90),
            current: true,
            epoch: 0,
            generation: 0,
            lobby: false,
            locked: false,
            hostPresent: true,
            accountable: false,
            key: key
        )
        let outputs = guest.receive(.door(door), now: now, clock: clock)
        #expect(messages(outputs).map(\.type) == ["leave"])
        #expect(guest.view.phase == .over(.foreignRoom))
        #expect(guest.view.warnings.map(\.kind) == [.foreignCard])
    }

    @Test("what can't be read is passed over, and what is about media isn't the member's")
    func passedOver() throws {
        var (host, _, _) = try founded()
        for text in ["", "{", #"{"type":"fly"}"#, #"{"type":"commit","seq":-1}"#] {
            #expect(host.receive(text: Array(text.utf8), now: now, clock: clock).isEmpty)
        }
        #expect(host.unreadable == 4)
        #expect(host.receive(.speakers([]), now: now, clock: clock).isEmpty)
        #expect(host.receive(.draining, now: now, clock: clock).isEmpty)
        #expect(host.view.isInside)
    }

    @Test("the node's word alone that somebody removed us is an interruption, not a removal")
    func unsignedRemoval() throws {
        var (host, _, _) = try founded()
        let own = try #require(host.view.own)
        _ = host.receive(.removed(by: own), now: now, clock: clock)
        #expect(host.view.phase == .over(.interrupted))
        #expect(host.handle(.say(id: [1], text: [2], to: nil), now: now, clock: clock).isEmpty)
    }
}
