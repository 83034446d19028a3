// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto
import TestSupport
import Testing

@testable import Membership

@Suite("Garbage")
struct GarbageTests {
    /// Cuts it everywhere and flips bits of it; what comes of it has to be the value or a refusal.
    private func fuzz<Value: WireDecodable>(
        _ bytes: [UInt8],
        as _: Value.Type,
        _ randomness: inout SeededRandomness
    ) {
        #expect((try? Value(decoding: bytes)) != nil)
        for length in 0..<min(bytes.count, 2_000) { _ = try? Value(decoding: Array(bytes[..<length])) }
        for _ in 0..<200 {
            var bent = bytes
            for _ in 0...Int(randomness.next() % 3) {
                let place = Int(randomness.next() % UInt64(bent.count))
                bent[place] ^= 1 << UInt8(randomness.next() % 8)
            }
            _ = try? Value(decoding: bent)
        }
        for _ in 0..<200 { _ = try? Value(decoding: randomness.bytes(Int(randomness.next() % 64))) }
    }

    @Test("Every decoder of inputs and node messages takes anything and gives a value or a refusal")
    func decoders() {
        var randomness = SeededRandomness(seed: 3)
        for bytes in WireSamples.inputs {
            // All kinds with all contents; the first byte says which.
            fuzz(bytes, as: MemberInput.self, &randomness)
        }
        for bytes in WireSamples.nodeMessages { fuzz(bytes, as: NodeMessage.self, &randomness) }
        #expect(Set(WireSamples.inputs.map { $0[0] }) == Set(0...24))
        #expect(Set(WireSamples.nodeMessages.map { $0[0] }) == Set(0...18))
        #expect(throws: WireRefusal.self) { try MemberInput(decoding: [25]) }
        #expect(throws: WireRefusal.self) { try NodeMessage(decoding: [19]) }
    }

    @Test("So do those of what members send each other and of what is kept")
    func others() throws {
        var randomness = SeededRandomness(seed: 4)
        let stage = try Stage()
        let host = try stage.host("Ana")
        var member = host.member
        let made = member.makeStatement()
        let statement = try #require(made)
        let id = host.id
        for message in [
            MeetingMessage.statement(statement), .reaction([1]), .hostAct(HostAct(.mute, id)), .ask,
            .hostAct(HostAct(.end)),
            .heartbeat(Heartbeat(transcriptHash: [1, 2], frames: [1, 2, 3, 4], lines: 5, pending: 6)),
            .greeting(Greeting(statements: [statement], chat: [], olderLinks: [[1]], startedAt: 7)),
            .shortCode(.start(id: [1], participants: [id])), .shortCode(.commit(id: [1], commitment: [2])),
            .shortCode(.reveal(id: [1], nonce: [2])),
        ] {
            fuzz(message.encoded, as: MeetingMessage.self, &randomness)
            #expect(try MeetingMessage(decoding: message.encoded) == message)
        }
        fuzz(try #require(host.storedIdentity).encoded, as: MemberIdentity.self, &randomness)
        fuzz(MemberSettings(name: [65]).encoded, as: MemberSettings.self, &randomness)
        fuzz(Envelope(run: 1, count: 2, to: id).encoded, as: Envelope.self, &randomness)
        fuzz(Invitation(generation: 1, nonce: Array(repeating: 1, count: 32)).encoded, as: Invitation.self, &randomness)
        fuzz(try #require(host.identity.hosting).card.encoded, as: Card.self, &randomness)
    }

    @Test("Members fed anything at any time do nothing foolish", arguments: [1, 2, 3] as [UInt64])
    func fedAnything(seed: UInt64) throws {
        var randomness = SeededRandomness(seed: seed)
        let stage = try Stage(seed: seed)
        let host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        let mei = try stage.guest("Mei", by: link)
        stage.say(kofi, "hello")
        stage.ask(host, .lobby(true))
        let waiting = try stage.guest("Waiting", by: link)
        let real = stage.node.delivered.map(\.message)
        let samples = WireSamples.nodeMessages.compactMap { try? NodeMessage(decoding: $0) }
        for member in [host, kofi, mei, waiting] {
            for _ in 0..<100 {
                let pool = randomness.next() % 2 == 0 ? real : samples
                var message = pool[Int(randomness.next() % UInt64(pool.count))]
                // What ends a membership is the node's to say, as an interruption.
                switch message {
                case .removed, .ended, .refused, .welcome: continue
                case .message(let number, let from, var bytes) where randomness.next() % 2 == 0 && !bytes.isEmpty:
                    bytes[Int(randomness.next() % UInt64(bytes.count))] ^= 1
                    message = .message(sequence: number, from: from, message: bytes)
                default: break
                }
                #expect(stage.outputs(of: .node(message), at: member) < 200)
            }
            stage.run(for: .seconds(1))
        }
        stage.run(for: .seconds(60))
        #expect(waiting.isInside == false)
        for member in [host, kofi, mei] where member.isInside {
            #expect(member.people.keys.allSatisfy { [host.id, kofi.id, mei.id].contains($0) })
            #expect(member.chat.count <= 1)
        }
    }

    @Test("Real messages shuffled, doubled and late lead nobody astray", arguments: [1, 2, 3] as [UInt64])
    func shuffled(seed: UInt64) throws {
        var randomness = SeededRandomness(seed: seed)
        let stage = try Stage(seed: seed)
        let host = try stage.host("Ana")
        let link = try #require(host.linkSecret)
        let kofi = try stage.guest("Kofi", by: link)
        let mei = try stage.guest("Mei", by: link)
        var late: [(NodeMessage, ParticipantID)] = []
        stage.node.intercept = { message, to in
            guard to == mei.id else { return [message] }
            switch randomness.next() % 4 {
            case 0:
                late.append((message, to))
                return []
            case 1: return [message, message]
            default: return [message]
            }
        }
        for round in 0..<6 {
            stage.give(.lobby(round % 2 == 0), to: host)
            stage.give(.say(id: [UInt8(round)], text: [65], to: nil), to: kofi)
            stage.run(for: .seconds(2))
            for (message, to) in late.reversed() { stage.node.deliver(message, to: to) }
            late = []
            stage.run(for: .seconds(1))
        }
        stage.node.intercept = { message, _ in [message] }
        stage.run(for: .seconds(40))
        // Late or early, what she has is the others' group, or she is out and knows it.
        if mei.isInside {
            #expect(mei.chat.count <= 6)
            #expect(mei.words == host.words)
        }
        #expect(host.people.keys.allSatisfy { [host.id, kofi.id, mei.id].contains($0) })
        #expect(host.warnings.allSatisfy { $0.about == mei.id || $0.about == nil })
    }

    @Test("Two runs from one seed send the same bytes")
    func deterministic() throws {
        func run() throws -> [[UInt8]] {
            let stage = try Stage(seed: 9)
            let host = try stage.host("Ana") { $0.lobby = true }
            let link = try #require(host.linkSecret)
            let kofi = try stage.guest("Kofi", by: link)
            let mei = try stage.guest("Mei", by: link)
            stage.ask(host, .admitAll)
            stage.say(kofi, "hello")
            stage.say(kofi, "for you", to: mei.id)
            stage.ask(mei, .compare)
            stage.ask(host, .remove(kofi.id))
            stage.cut(mei)
            stage.open(mei)
            stage.run(for: .seconds(30))
            return stage.said.map { $0.from.rawValue.encoded + $0.request.encoded }
        }
        let first = try run()
        #expect(first.count > 30)
        #expect(try run() == first)
    }
}
