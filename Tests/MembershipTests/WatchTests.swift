// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import Membership
import TestSupport
import Testing

#if canImport(Foundation)
    import Foundation
#endif

@Suite("What a node keeps back shows, and only then")
struct WatchTests {
    let stage = try! Stage()
    let host: SimulatedMember
    let kofi: SimulatedMember
    let mei: SimulatedMember

    init() throws {
        host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        kofi = try stage.guest("Kofi", by: link)
        mei = try stage.guest("Mei", by: link)
    }

    /// Until something is warned of, and how long that took.
    private func time(until kind: Warning.Kind, at member: SimulatedMember) -> Interval? {
        let start = stage.now
        while stage.now - start < .seconds(60) {
            if member.warningKinds.contains(kind) { return stage.now - start }
            stage.run(for: .milliseconds(500))
        }
        return nil
    }

    @Test("One message kept back: its reader knows by the sender's next one")
    func withheldMessage() throws {
        stage.run(for: .seconds(10))
        stage.node.intercept = { message, to in
            if case .message(_, kofi.id, _) = message, to == mei.id { [] } else { [message] }
        }
        stage.give(.say(id: [1], text: [65], to: nil), to: kofi)
        stage.run(for: .milliseconds(100))
        stage.node.intercept = { message, _ in [message] }
        let took = try #require(time(until: .withheld, at: mei))
        #expect(took <= .seconds(11))
        #expect(mei.warnings.map(\.about) == [kofi.id] && host.warnings.isEmpty)
    }

    @Test("All that somebody sends kept back: silent, within half a minute")
    func silent() throws {
        stage.node.intercept = { message, to in
            if case .message(_, kofi.id, _) = message, to == mei.id { [] } else { [message] }
        }
        let took = try #require(time(until: .silent, at: mei))
        #expect(took > .seconds(15) && took <= .seconds(30))
        #expect(mei.warnings.map(\.about) == [kofi.id] && host.warnings.isEmpty && kofi.warnings.isEmpty)
    }

    @Test("A commit kept back: everybody else falls silent within half a minute")
    func withheldCommit() throws {
        stage.node.intercept = { message, to in
            if case .commit = message, to == mei.id { [] } else { [message] }
        }
        stage.give(.lobby(true), to: host)
        let took = try #require(time(until: .silent, at: mei))
        #expect(took <= .seconds(30))
    }

    @Test("Two groups under one name: each half warns within half a minute, and the words differ")
    func fork() throws {
        // Mei's own commit is taken, for her alone; the others get the host's.
        stage.ask(host, .cohost(mei.id, true))
        stage.node.interceptRequest = { request, from in
            guard from == mei.id, case .commit(let commit) = request else { return request }
            stage.node.deliver(
                .accepted(request: commit.request, epoch: commit.epoch + 1, sequence: 0),
                to: mei.id
            )
            return nil
        }
        stage.node.intercept = { message, to in
            if case .commit = message, to == mei.id { [] } else { [message] }
        }
        stage.give(.lobby(true), to: mei)
        stage.give(.lobby(true), to: host)
        stage.run(for: .seconds(1))
        #expect(mei.newestEpoch == host.newestEpoch && mei.words != host.words)
        stage.run(for: .seconds(29))
        #expect(!mei.warningKinds.isDisjoint(with: [.silent, .unreadableMessages]))
        #expect(!host.warningKinds.isDisjoint(with: [.silent, .unreadableMessages]))
        stage.run(for: .seconds(2))
        #expect(mei.warningKinds.contains(.silent) && host.warningKinds.contains(.silent))
    }

    @Test("Media kept back: who says that they send and isn't received, within half a minute")
    func withheldMedia() throws {
        // Fifty frames a second of sound, said every second; from Kofi nothing comes to Mei.
        for second in 1...40 {
            let sealed = UInt32(second * 50)
            stage.give(.counts(FrameCounts(sealed: [sealed], received: [])), to: kofi)
            for (member, opened) in [(host, sealed), (mei, 0)] {
                let received = FrameCounts.Received(
                    participant: kofi.id,
                    source: 0,
                    opened: opened,
                    refused: 0,
                    isWanted: true
                )
                stage.give(.counts(FrameCounts(sealed: [], received: [received])), to: member)
            }
            stage.run(for: .seconds(1))
            if second == 8 { #expect(mei.warnings.isEmpty) }
        }
        #expect(mei.warnings.map(\.kind) == [.mediaWithheld] && mei.warnings.map(\.about) == [kofi.id])
        #expect(mei.warnings.map(\.detail) == [Array("0".utf8)])
        #expect(host.warnings.isEmpty)
    }

    @Test("Media that wasn't asked for isn't missed")
    func unwantedMedia() throws {
        for second in 1...60 {
            stage.give(.counts(FrameCounts(sealed: [UInt32(second * 50)], received: [])), to: kofi)
            stage.run(for: .seconds(1))
        }
        #expect(mei.warnings.isEmpty)
    }

    @Test("Frames that don't open are told of, once, and not the few around a change of epochs")
    func unreadableFrames() throws {
        func counts(_ refused: UInt32) -> MemberInput {
            let received = FrameCounts.Received(
                participant: kofi.id,
                source: 1,
                opened: 5,
                refused: refused,
                isWanted: true
            )
            return .counts(FrameCounts(sealed: [], received: [received]))
        }
        stage.ask(mei, counts(10))
        #expect(mei.warnings.isEmpty)
        for more in 1...10 { stage.ask(mei, counts(10 + UInt32(more) * 100)) }
        #expect(mei.warnings.map(\.kind) == [.unreadableFrames] && mei.warnings.map(\.about) == [kofi.id])
    }

    @Test("The node asks to remove somebody who is being heard: flagged by everybody")
    func nodeRemoves() throws {
        stage.say(kofi, "I am here")
        stage.say(kofi, "still")
        try stage.node.proposeRemoval(of: kofi.id)
        stage.run(for: .milliseconds(10))
        for member in [host, mei, kofi] {
            #expect(member.warnings.map(\.kind) == [.nodeRemoves] && member.warnings.map(\.about) == [kofi.id])
        }
        // Back at once, for they are there.
        stage.settle()
        #expect(kofi.isInside && Set(host.people.keys) == [host.id, kofi.id, mei.id])
    }

    @Test("Messages replayed, doubled, out of order or garbled: shown once, and garbled ones are told of")
    func replayed() throws {
        var held: [NodeMessage] = []
        stage.node.intercept = { message, to in
            guard to == mei.id, case .message = message else { return [message] }
            held.append(message)
            return []
        }
        for text in ["a", "b", "c"] { stage.give(.say(id: Array(text.utf8), text: Array(text.utf8), to: nil), to: kofi) }
        stage.run(for: .milliseconds(100))
        stage.node.intercept = { message, _ in [message] }
        for message in held.reversed() + held { stage.node.deliver(message, to: mei.id) }
        stage.run(for: .milliseconds(100))
        #expect(mei.chat.sorted() == ["a", "b", "c"])
        for _ in 0..<3 {
            guard case .message(_, let from, var bytes)? = held.last else { continue }
            bytes[bytes.count - 1] ^= 1
            bytes[bytes.count - 40] ^= 1
            stage.node.deliver(.message(sequence: 0, from: from, message: bytes), to: mei.id)
        }
        stage.settle()
        #expect(mei.chat.count == 3)
    }

    @Test("An honest meeting with people coming, leaving and being cut off raises no alarm")
    func honest() throws {
        // Thirty for ten minutes in `./test --full`.
        let isLong = ProcessInfo.processInfo.environment["VIGIL_LONG_MEETINGS"] != nil
        let (size, minutes) = isLong ? (30, 10) : (8, 4)
        var randomness = SeededRandomness(seed: 12)
        let link = try #require(host.linkSecret)
        var present = [host, kofi, mei]
        while present.count < size { present.append(try stage.guest("P\(present.count)", by: link)) }
        var cut: [SimulatedMember] = []
        for step in 0..<(minutes * 12) {
            let choice = Int(randomness.next() % UInt64(present.count - 1)) + 1
            switch step % 6 {
            case 0:
                let member = try SimulatedMember(
                    MemberIdentity(links: [try #require(host.linkSecret)]),
                    MemberSettings(name: Array("J\(step)".utf8)),
                    seed: randomness.next()
                )
                stage.add(member)
                present.append(member)
            case 1 where present.count > size: stage.give(.leave, to: present.remove(at: choice))
            case 2:
                cut.append(present[choice])
                stage.cut(present[choice])
            case 3:
                for member in cut { stage.open(member) }
                cut = []
            case 4:
                stage.give(.say(id: [UInt8(step)], text: [65], to: nil), to: present[choice])
                if step % 12 == 4 { stage.kill(present.remove(at: choice)) }
            default: stage.give(.lobby(false), to: host)
            }
            stage.run(for: .seconds(5))
        }
        stage.run(for: .seconds(20))
        for member in present {
            #expect(member.warnings.isEmpty, "\(member.warnings)")
            #expect(member.isInside && member.words == host.words)
            #expect(Set(member.people.keys) == Set(present.map(\.id)))
            #expect(member.people.values.allSatisfy { !$0.name.isEmpty })
        }
    }
}
