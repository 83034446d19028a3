// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@testable import Transport

/// The promise of the media plane: however bad the path, two peers come together in bounded (virtual) time.
@Suite("Peer session on bad paths")
struct PeerSessionLossTests {
    @Test("the handshake completes on every seed", arguments: [0, 5, 10, 20] as [UInt64])
    func completes(loss: UInt64) throws {
        var lost = 0
        for seed in 0..<40 as Range<UInt64> {
            let pair = try PeerPair(
                .init(
                    seed: seed,
                    conditions: .rough(lossPercent: loss),
                    profile: seed % 2 == 0 ? .aeadAES128GCM : .aes128CMHMACSHA1_80
                )
            )
            pair.describe()
            let done = pair.run(for: .seconds(25)) { $0.bothConnected }
            #expect(done, "loss \(loss) seed \(seed): \(pair.clientEvents) \(pair.serverEvents)")
            lost += pair.network.lost
        }
        #expect((lost > 0) == (loss > 0))
    }

    @Test(
        "it completes in small fragments too, with a client certificate of several",
        arguments: [0, 5, 10, 20] as [UInt64]
    )
    func completesFragmented(loss: UInt64) throws {
        let large = try DTLSIdentity(key: .p256, subjectFiller: 600)
        for seed in 0..<40 as Range<UInt64> {
            let pair = try PeerPair(
                .init(
                    seed: seed,
                    conditions: .rough(lossPercent: loss),
                    clientIdentity: large,
                    maximumDatagramSize: 300
                )
            )
            pair.describe()
            let done = pair.run(for: .seconds(29)) { $0.bothConnected }
            #expect(done, "loss \(loss) seed \(seed): \(pair.clientEvents) \(pair.serverEvents)")
            #expect(pair.sent.allSatisfy { $0.count <= 300 })
            #expect(pair.sent.filter { $0.first == 22 }.count > 8)
        }
    }

    @Test("garbage beside the real packets changes nothing and never traps")
    func garbage() throws {
        for seed in 0..<40 as Range<UInt64> {
            let pair = try PeerPair(
                .init(seed: seed, conditions: .rough(lossPercent: seed % 2 == 0 ? 0 : 10), garbagePercent: 80)
            )
            pair.describe()
            let done = pair.run(for: .seconds(29)) { $0.bothConnected }
            #expect(done, "seed \(seed): \(pair.clientEvents) \(pair.serverEvents)")
            pair.run(for: .seconds(60))
            #expect(pair.client.isConnected && pair.server.isConnected, "seed \(seed)")
        }
    }

    @Test("a forged handshake message may spoil the handshake, but only into a typed end")
    func spoiledHandshake() throws {
        for seed in 0..<40 as Range<UInt64> {
            let pair = try PeerPair(.init(seed: seed, garbagePercent: 80, spoilsHandshake: true))
            pair.describe()
            pair.run(for: .seconds(70))
            for (session, events) in [(pair.client, pair.clientEvents), (pair.server, pair.serverEvents)] {
                switch events.last {
                case .connected: #expect(session.isConnected && session.sealer != nil)
                case .disconnected:
                    #expect(!session.isConnected && session.sealer == nil && session.nextDeadline == nil)
                default: Issue.record("seed \(seed): \(events)")
                }
            }
        }
    }

    @Test("random datagrams of every kind never trap, connected or not")
    func randomDatagrams() throws {
        let pair = try PeerPair()
        var randomness = SeededRandomness(seed: 77)
        func shower(_ rounds: Int) {
            for _ in 0..<rounds {
                var bytes = randomness.bytes(Int(randomness.next() % 120))
                // Half of them look like one of the four protocols at first sight.
                let first: [UInt8] = [0, 1, 20, 22, 23, 0x80, 0x90, 0xB0, 0xBF]
                if !bytes.isEmpty, randomness.next() % 2 == 0 { bytes[0] = first[Int(randomness.next() % 9)] }
                if bytes.count > 1, randomness.next() % 4 == 0 { bytes[1] = 200 }
                for session in [pair.client, pair.server] {
                    let address = session === pair.client ? PeerPair.serverAddress : PeerPair.clientAddress
                    _ = bytes.withUnsafeMutableBytes { session.receive($0, from: address, now: pair.now) }
                }
            }
        }
        shower(5_000)
        pair.describe()
        #expect(pair.run(for: .seconds(20)) { $0.bothConnected })
        shower(20_000)
        pair.run(for: .seconds(20))
        #expect(pair.client.isConnected && pair.server.isConnected)
    }

    @Test("a flood from strangers leaves the session as it was")
    func flood() throws {
        let pair = try PeerPair()
        pair.describe()
        var builder = STUNMessageBuilder(.request, transactionID: STUNTransactionID(high: 1, low: 1))
        builder.append(.username, "\(pair.serverCredentials.ufrag):stranger".utf8)
        builder.append(.useCandidate, [])
        let check = builder.finish(key: Secret("not the password at all".utf8))
        for number in 0..<10_000 {
            var copy = check
            let address = TransportAddress(ipv4: UInt32(number), port: 1)
            _ = copy.withUnsafeMutableBytes { pair.server.receive($0, from: address, now: pair.now) }
        }
        #expect(pair.server.pollTransmit() == nil)
        #expect(pair.server.refusals == 10_000)
        #expect(pair.run(for: .seconds(2)) { $0.bothConnected })
    }
}
