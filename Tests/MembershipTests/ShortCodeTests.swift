// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import MeetingSupport
@testable import Membership
import NativeCrypto
import TestSupport
import Testing

@Suite("Four words to compare")
struct ShortCodeTests {
    let stage: Stage
    let host: SimulatedMember
    let others: [SimulatedMember]
    var all: [SimulatedMember] { [host] + others }

    init() throws {
        let stage = try Stage()
        self.stage = stage
        host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        others = try (0..<4).map { try stage.guest("G\($0)", by: link) }
    }

    private func shown(_ member: SimulatedMember) -> [UInt16]? {
        if case .shown(let words)? = member.shortCode { words } else { nil }
    }

    private func failed(_ member: SimulatedMember) -> [ParticipantID]? {
        if case .failed(let waitingFor)? = member.shortCode { waitingFor } else { nil }
    }

    private func expectSameWords(_ members: [SimulatedMember]) throws {
        let words = try #require(shown(members[0]))
        #expect(words.count == 4 && words.allSatisfy { $0 < 2048 })
        for member in members { #expect(shown(member) == words) }
    }

    @Test("Two, then five: the same words for all, and others each time")
    func together() throws {
        let pair = try Stage(seed: 5)
        let first = try pair.host("Ana")
        let second = try pair.guest("Kofi", by: #require(first.linkSecret))
        pair.ask(second, .compare)
        try expectSameWords([first, second])
        stage.ask(others[2], .compare)
        try expectSameWords(all)
        let before = shown(host)
        stage.ask(host, .compare)
        try expectSameWords(all)
        #expect(shown(host) != before)
    }

    @Test("Alone there is nobody to compare with")
    func alone() throws {
        let single = try Stage(seed: 6)
        let host = try single.host("Ana")
        single.ask(host, .compare)
        #expect(host.failures == ["compare alone"] && host.shortCode == nil)
    }

    @Test("One is silent: nobody is shown words, and all know whom they waited for")
    func silent() throws {
        stage.freeze(others[3])
        stage.give(.compare, to: host)
        stage.run(for: .seconds(19))
        #expect(host.shortCode == .gathering(waitingFor: [others[3].id]))
        stage.run(for: .seconds(2))
        for member in all.dropLast() { #expect(failed(member) == [others[3].id]) }
    }

    @Test("Two begin at once: one comparison, of all")
    func twoAtOnce() throws {
        stage.give(.compare, to: host)
        stage.give(.compare, to: others[1])
        stage.settle()
        try expectSameWords(all)
    }

    @Test("The group changes meanwhile: no words")
    func groupChanges() throws {
        let silent = others[3]
        stage.node.interceptRequest = { request, from in
            if from == silent.id, case .message = request { nil } else { request }
        }
        stage.give(.compare, to: host)
        stage.run(for: .seconds(1))
        stage.give(.lobby(true), to: host)
        stage.run(for: .seconds(1))
        for member in all { #expect(shown(member) == nil) }
        for member in all.dropLast() { #expect(failed(member) != nil) }
    }

    @Test("Who changes their number, before or after it is due, shows as such")
    func changesNumber() throws {
        let cheat = others[3]
        // The cheat's own machine is left out; what it says is made by hand.
        stage.node.interceptRequest = { request, from in
            if from == cheat.id, case .message = request { nil } else { request }
        }
        // Far from what its machine has used.
        var spoken = 50
        func say(_ message: ShortCodeMessage) throws {
            var group = try #require(cheat.member.group)
            var randomness = SeededRandomness(seed: stage.epoch + UInt64(cheat.events.count))
            for _ in 0..<spoken { _ = try group.encrypt([], using: &randomness) }
            spoken += 1
            let envelope = Envelope(run: 1, count: UInt32(spoken), to: nil)
            let bytes = try group.encrypt(
                MeetingMessage.shortCode(message).encoded,
                authenticatedData: envelope.encoded,
                using: &randomness
            ).encoded
            stage.node.broadcast(except: cheat.id) { .message(sequence: $0, from: cheat.id, message: bytes) }
            stage.run(for: .milliseconds(50))
        }
        stage.give(.compare, to: host)
        stage.run(for: .milliseconds(100))
        var id = try #require(host.member.shortCode?.id)
        let commitment = ShortCode.commitment(
            id: id,
            participant: cheat.id,
            nonce: Array(repeating: 1, count: 32),
            with: NativeCrypto.self
        )
        try say(.commit(id: id, commitment: commitment))
        // All have bound themselves, so all have revealed; another number than the bound one comes.
        try say(.reveal(id: id, nonce: Array(repeating: 2, count: 32)))
        for member in all.dropLast() { #expect(failed(member) == [cheat.id]) }

        // A second commitment, before all are in.
        stage.freeze(others[2])
        stage.give(.compare, to: host)
        stage.run(for: .milliseconds(100))
        id = try #require(host.member.shortCode?.id)
        try say(.commit(id: id, commitment: commitment))
        try say(.commit(id: id, commitment: Array(commitment.reversed())))
        for member in [host, others[0], others[1]] { #expect(failed(member) != nil && shown(member) == nil) }
    }
}
