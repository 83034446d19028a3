// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@testable import Transport

@Suite("Peer session")
struct PeerSessionTests {
    private func connected(_ options: PeerPair.Options = PeerPair.Options()) throws -> PeerPair {
        let pair = try PeerPair(options)
        pair.describe()
        try #require(pair.run(for: .seconds(30)) { $0.bothConnected }, "seed \(options.seed)")
        return pair
    }

    @Test("on a good path both sides are connected within a second")
    func quick() throws {
        let pair = try PeerPair()
        pair.describe()
        #expect(pair.run(for: .seconds(1)) { $0.bothConnected })
        #expect(pair.client.remoteAddress == PeerPair.serverAddress)
        #expect(pair.server.remoteAddress == PeerPair.clientAddress)
        #expect(pair.clientEvents == [.connected])
        #expect(pair.serverEvents == [.connected])
    }

    @Test("RTP and RTCP flow both ways under either profile", arguments: SRTPProfile.allCases)
    func media(profile: SRTPProfile) throws {
        let pair = try connected(.init(profile: profile))
        #expect(pair.client.profile == profile)
        let report: [UInt8] = [0x80, 201, 0, 1, 0, 0, 0, 9]
        for number in UInt16(1)...20 {
            #expect(pair.sendRTP(fromClient: true, sequenceNumber: number, payload: [1, UInt8(number)]))
            #expect(pair.sendRTP(fromClient: false, sequenceNumber: number, payload: [2, UInt8(number)]))
        }
        #expect(pair.sendRTCP(fromClient: true, report))
        #expect(pair.sendRTCP(fromClient: false, report))
        pair.run(for: .seconds(1))
        #expect(pair.serverReceived == (1...20).map { [1, $0] } + [report])
        #expect(pair.clientReceived == (1...20).map { [2, $0] } + [report])
    }

    @Test("media that was changed on the way is refused and counted")
    func forgedMedia() throws {
        let pair = try connected()
        var packet: [UInt8] = [0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9] + [UInt8](repeating: 7, count: 40)
        let before = pair.server.refusals
        let received = packet.withUnsafeMutableBytes {
            pair.server.receive($0, from: PeerPair.clientAddress, now: pair.now)
        }
        guard case .none = received else {
            Issue.record("a forged packet came through")
            return
        }
        #expect(pair.server.refusals == before + 1)
        guard case .srtp = pair.server.lastRefusal else {
            Issue.record("refused, but not by SRTP")
            return
        }
    }

    @Test("media before the handshake is refused")
    func earlyMedia() throws {
        let pair = try PeerPair()
        var packet: [UInt8] = [0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9] + [UInt8](repeating: 7, count: 40)
        _ = packet.withUnsafeMutableBytes { pair.server.receive($0, from: PeerPair.clientAddress, now: pair.now) }
        #expect(pair.server.lastRefusal == .notConnected)
    }

    @Test("DTLS from an address that no check proved is not listened to")
    func unprovedDTLS() throws {
        let pair = try PeerPair()
        pair.describe()
        var hello: [UInt8]?
        pair.run(for: .seconds(1)) { pair in
            hello = pair.sent.first { $0.first == 22 }
            return hello != nil
        }
        var datagram = try #require(hello)
        let fresh = try PeerPair()
        _ = datagram.withUnsafeMutableBytes {
            fresh.server.receive($0, from: PeerPair.clientAddress, now: fresh.now)
        }
        #expect(fresh.server.lastRefusal == .unprovedAddress)
        #expect(fresh.server.pollTransmit() == nil)
    }

    @Test("a certificate that signalling did not promise ends the session before it begins", arguments: [true, false])
    func fingerprintMismatch(lieToServer: Bool) throws {
        let other = try DTLSIdentity.make().fingerprint
        let pair = try PeerPair(.init(toldServer: lieToServer ? other : nil, toldClient: lieToServer ? nil : other))
        pair.describe()
        pair.run(for: .seconds(40))
        let (deceived, honest) =
            lieToServer ? (pair.serverEvents, pair.clientEvents) : (pair.clientEvents, pair.serverEvents)
        #expect(deceived == [.disconnected(.fingerprintMismatch)])
        #expect(honest.last == .disconnected(.closedByPeer))
        #expect(pair.server.sealer == nil && pair.server.opener == nil && pair.client.sealer == nil)
    }

    @Test("a description that comes after the handshake is waited for")
    func lateDescription() throws {
        let pair = try PeerPair()
        pair.describeServerToClient()
        pair.run(for: .seconds(3))
        #expect(pair.clientEvents == [.connected])
        #expect(pair.serverEvents.isEmpty)
        #expect(pair.server.sealer == nil)
        pair.describeClientToServer()
        pair.run(for: .seconds(1))
        #expect(pair.serverEvents == [.connected])
    }

    @Test("a goodbye is heard on the other side", arguments: [true, false])
    func close(byClient: Bool) throws {
        let pair = try connected()
        (byClient ? pair.client : pair.server).close(now: pair.now)
        pair.run(for: .seconds(1))
        #expect((byClient ? pair.serverEvents : pair.clientEvents) == [.connected, .disconnected(.closedByPeer)])
        #expect((byClient ? pair.clientEvents : pair.serverEvents) == [.connected])
        #expect(pair.client.nextDeadline == nil && pair.server.nextDeadline == nil)
        #expect(!pair.sendRTP(fromClient: byClient, sequenceNumber: 1, payload: [1]))
    }

    @Test("a session that nobody connects to ends in bounded time")
    func halfOpen() throws {
        let pair = try PeerPair()
        pair.run(for: .seconds(31))
        #expect(pair.serverEvents == [.disconnected(.connectTimeout)])
        #expect(pair.server.nextDeadline == nil)
    }

    @Test("a path that dies ends both sides by consent")
    func consent() throws {
        let pair = try connected()
        pair.run(for: .seconds(120))
        #expect(pair.bothConnected && pair.clientEvents.count == 1 && pair.serverEvents.count == 1)
        pair.network.isCut = true
        pair.run(for: .seconds(37))
        #expect(pair.clientEvents.last == .disconnected(.consentExpired))
        #expect(pair.serverEvents.last == .disconnected(.consentExpired))
    }

    @Test("a client that moves keeps its session, and is told apart by nothing but its checks")
    func moved() throws {
        let pair = try connected()
        let elsewhere = TransportAddress(ipv4: 0xCB00_7101, port: 40_000)
        pair.clientAddress = elsewhere
        pair.run(for: .seconds(7))
        #expect(pair.serverEvents == [.connected, .addressChanged(elsewhere)])
        #expect(pair.server.remoteAddress == elsewhere)
        #expect(pair.sendRTP(fromClient: false, sequenceNumber: 1, payload: [5]))
        pair.run(for: .seconds(1))
        #expect(pair.clientReceived == [[5]])
    }

    @Test("an ICE restart from a new address keeps keys and media", arguments: [0, 20] as [UInt64])
    func restart(loss: UInt64) throws {
        for seed in 0..<10 as Range<UInt64> {
            let pair = try connected(.init(seed: seed, conditions: .rough(lossPercent: loss)))
            let sealer = pair.server.sealer
            let elsewhere = TransportAddress(ipv4: 0xCB00_7101, port: 40_000)
            pair.restartICE()
            pair.clientAddress = elsewhere
            pair.describe()
            let followed = pair.run(for: .seconds(20)) { $0.server.remoteAddress == elsewhere }
            #expect(followed, "seed \(seed)")
            pair.network.conditions = NetworkConditions()
            pair.run(for: .seconds(1))
            #expect(pair.server.sealer === sealer)
            #expect(pair.sendRTP(fromClient: true, sequenceNumber: 1, payload: [1]))
            #expect(pair.sendRTP(fromClient: false, sequenceNumber: 1, payload: [2]))
            pair.run(for: .seconds(1))
            #expect(pair.serverReceived == [[1]])
            #expect(pair.clientReceived == [[2]])
        }
    }
}
