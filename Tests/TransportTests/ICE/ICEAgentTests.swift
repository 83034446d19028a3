// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@testable import Transport

/// The full agent against a lite one and against its own kind, over the emulated network.
@Suite("ICE agent")
struct ICEAgentTests {
    private static func credentials(_ seed: UInt64) -> ICECredentials {
        var randomness = SeededRandomness(seed: seed)
        return ICECredentials.make(using: &randomness)
    }

    private let clientCredentials = credentials(101)
    private let serverCredentials = credentials(102)

    private func agent(
        seed: UInt64,
        controlling: Bool = true,
        nomination: ICEAgent.Nomination = .regular
    ) -> ICEAgent {
        ICEAgent(
            .init(
                local: controlling ? clientCredentials : serverCredentials,
                isControlling: controlling,
                nomination: nomination,
                randomness: SeededRandomness(seed: seed)
            )
        )
    }

    private func litePair(
        seed: UInt64 = 1,
        conditions: NetworkConditions = NetworkConditions(),
        nomination: ICEAgent.Nomination = .regular,
        candidates: [TransportAddress] = [AgentPair.serverAddress]
    ) -> AgentPair {
        let pair = AgentPair(
            client: agent(seed: seed, nomination: nomination),
            server: ICELiteAgent(local: serverCredentials),
            network: NetworkEmulator(seed: seed, conditions: conditions)
        )
        pair.server.setRemote(clientCredentials, candidates: [], now: pair.now)
        pair.client.setRemote(serverCredentials, candidates: candidates.map { .host($0) }, now: pair.now)
        return pair
    }

    private func bothSelected(_ pair: AgentPair) -> Bool {
        pair.clientEvents.contains(.selected(AgentPair.serverAddress))
            && pair.serverEvents.contains(.selected(pair.clientAddress))
    }

    @Test(
        "both sides select a pair however bad the path is",
        arguments: [0, 5, 10, 20],
        [ICEAgent.Nomination.regular, .aggressive]
    )
    func selects(loss: UInt64, nomination: ICEAgent.Nomination) {
        for seed in 0..<40 as Range<UInt64> {
            let pair = litePair(seed: seed, conditions: .rough(lossPercent: loss), nomination: nomination)
            let done = pair.run(for: .seconds(20), until: bothSelected)
            #expect(done, "seed \(seed)")
        }
    }

    @Test("on a good path it takes two round trips")
    func quick() {
        let pair = litePair()
        #expect(pair.run(for: .milliseconds(100), until: bothSelected))
        #expect((pair.client as? ICEAgent)?.reflexiveAddress == AgentPair.clientAddress)
    }

    @Test("a candidate that leads nowhere does not hold up one that works")
    func deadCandidate() {
        let dead = TransportAddress(ipv4: 0x0A00_0001, port: 1)
        let pair = litePair(candidates: [dead, AgentPair.serverAddress])
        #expect(pair.run(for: .seconds(1), until: bothSelected))
    }

    @Test("where UDP is blocked, an open TCP connection carries the session")
    func tcp() {
        // Connection 3, as the client's driver numbered it; the emulated path stands for both ends of it.
        let tcp = TransportAddress(ipv4: 0xC633_6401, port: 3_478, connection: 3)
        let pair = litePair(candidates: [])
        pair.client.setRemote(
            serverCredentials,
            candidates: [
                .host(TransportAddress(ipv4: 0x0A00_0001, port: 1)), .host(tcp, transport: .tcpPassive),
                .host(TransportAddress(ipv4: 0xC633_6401, port: 9), transport: .tcpPassive),
            ],
            now: pair.now
        )
        pair.serverAddresses = [tcp]
        pair.serverSource = tcp
        #expect(pair.run(for: .seconds(1)) { $0.clientEvents == [.selected(tcp)] })
        // A check and a nomination: over TCP nothing is sent twice.
        pair.run(for: .seconds(3))
        #expect(pair.clientSent.filter(\.isTCP).count == 2)
    }

    @Test("with no address that works, the agent says so in bounded time and rests")
    func noPath() {
        let pair = litePair(candidates: [TransportAddress(ipv4: 0x0A00_0001, port: 1)])
        pair.run(for: .seconds(60))
        #expect(pair.clientEvents == [.failed])
        #expect(pair.client.nextDeadline == nil)
        #expect(pair.clientSent.count == CheckTransaction.sendLimit)
    }

    @Test("two full agents find each other, peer-reflexive addresses and all", arguments: [0, 20] as [UInt64])
    func full(loss: UInt64) {
        for seed in 0..<20 as Range<UInt64> {
            let pair = AgentPair(
                client: agent(seed: seed),
                server: agent(seed: seed + 1_000, controlling: false),
                network: NetworkEmulator(seed: seed, conditions: .rough(lossPercent: loss))
            )
            // The server knows no candidate of the client: it learns the address from the first check.
            pair.server.setRemote(clientCredentials, candidates: [], now: pair.now)
            pair.client.setRemote(serverCredentials, candidates: [.host(AgentPair.serverAddress)], now: pair.now)
            let done = pair.run(for: .seconds(30), until: bothSelected)
            #expect(done, "seed \(seed)")
        }
    }

    @Test("two agents that both want to lead settle it by the tie-breaker", arguments: [true, false])
    func roleConflict(controlling: Bool) throws {
        for seed in 0..<10 as Range<UInt64> {
            let server = ICEAgent(
                .init(
                    local: serverCredentials,
                    isControlling: controlling,
                    randomness: SeededRandomness(seed: seed + 50)
                )
            )
            let client = ICEAgent(
                .init(
                    local: clientCredentials,
                    isControlling: controlling,
                    randomness: SeededRandomness(seed: seed)
                )
            )
            let pair = AgentPair(client: client, server: server, network: NetworkEmulator(seed: seed))
            pair.server.setRemote(clientCredentials, candidates: [.host(AgentPair.clientAddress)], now: pair.now)
            pair.client.setRemote(serverCredentials, candidates: [.host(AgentPair.serverAddress)], now: pair.now)
            #expect(pair.run(for: .seconds(10), until: bothSelected))
            let first = try #require(pair.client as? ICEAgent)
            let second = try #require(pair.server as? ICEAgent)
            #expect(first.isControlling != second.isControlling)
        }
    }

    @Test("a controlled agent that meets a lite peer hears 487 and takes the lead")
    func leadsLitePeer() {
        let client = ICEAgent(
            .init(local: clientCredentials, isControlling: false, randomness: SeededRandomness(seed: 1))
        )
        let pair = AgentPair(
            client: client,
            server: ICELiteAgent(local: serverCredentials),
            network: NetworkEmulator(seed: 1)
        )
        pair.client.setRemote(serverCredentials, candidates: [.host(AgentPair.serverAddress)], now: pair.now)
        #expect(pair.run(for: .seconds(2), until: bothSelected))
        #expect(pair.refusals == [.roleConflict])
    }

    @Test("consent lasts while the path does and ends 30 s after it", arguments: [0, 20] as [UInt64])
    func consent(loss: UInt64) {
        let pair = litePair(conditions: .rough(lossPercent: loss))
        #expect(pair.run(for: .seconds(20), until: bothSelected))
        pair.run(for: .seconds(7_200))
        #expect(pair.clientEvents == [.selected(AgentPair.serverAddress)])
        #expect(pair.serverEvents == [.selected(AgentPair.clientAddress)])
        pair.network.isCut = true
        pair.run(for: .seconds(37))
        #expect(pair.clientEvents.last == .consentExpired)
        #expect(pair.serverEvents.last == .consentExpired)
        #expect(pair.client.nextDeadline == nil)
    }

    @Test("a client that a NAT gives a new address is followed at its next consent check")
    func rebound() {
        let pair = litePair()
        #expect(pair.run(for: .seconds(1), until: bothSelected))
        let moved = TransportAddress(ipv4: 0xC000_0201, port: 5_001)
        pair.clientAddress = moved
        #expect(pair.run(for: .seconds(7)) { $0.serverEvents.last == .selected(moved) })
        pair.run(for: .seconds(60))
        #expect(pair.serverEvents.last == .selected(moved))
        #expect(pair.clientEvents == [.selected(AgentPair.serverAddress)])
    }

    @Test("a restart moves to new credentials while the old pair stays alive", arguments: [0, 20] as [UInt64])
    func restart(loss: UInt64) throws {
        for seed in 0..<20 as Range<UInt64> {
            let pair = litePair(seed: seed, conditions: .rough(lossPercent: loss))
            #expect(pair.run(for: .seconds(20), until: bothSelected))
            let newClient = Self.credentials(seed + 500)
            let newServer = Self.credentials(seed + 600)
            pair.server.restart(local: newServer, now: pair.now)
            pair.server.setRemote(newClient, candidates: [], now: pair.now)
            pair.client.restart(local: newClient, now: pair.now)
            // The answer takes its time; until then nothing is lost.
            pair.run(for: .seconds(10))
            #expect(pair.client.destination == AgentPair.serverAddress)
            let elsewhere = TransportAddress(ipv4: 0xC633_6402, port: 3_478)
            pair.serverAddresses.insert(elsewhere)
            pair.client.setRemote(newServer, candidates: [.host(AgentPair.serverAddress)], now: pair.now)
            pair.run(for: .seconds(20))
            let agent = try #require(pair.client as? ICEAgent)
            #expect(agent.lists.count == 1 && agent.lists[0].local.ufrag == newClient.ufrag, "seed \(seed)")
            #expect(!pair.clientEvents.contains(.consentExpired))
            #expect(!pair.serverEvents.contains(.consentExpired))
        }
    }

    @Test("answers that nobody asked for, forged or from elsewhere prove nothing")
    func forgedAnswers() throws {
        var client = agent(seed: 9)
        let now = Moment(nanoseconds: 0)
        client.setRemote(serverCredentials, candidates: [.host(AgentPair.serverAddress)], now: now)
        client.handleTimeout(now: now)
        let first = client.pollTransmit()
        let check = try #require(first)
        let id = try STUNMessage.parse(check.bytes).transactionID
        func answer(_ id: STUNTransactionID, key: Secret) -> [UInt8] {
            var builder = STUNMessageBuilder(.success, transactionID: id)
            builder.appendXORMappedAddress(AgentPair.clientAddress)
            return builder.finish(key: key)
        }
        func receive(_ bytes: [UInt8], from address: TransportAddress) -> ICERefusal? {
            bytes.withUnsafeBytes { datagram in
                do throws(ICERefusal) {
                    try client.receive(datagram, from: address, now: now)
                    return nil
                } catch { return error }
            }
        }
        let unknown = STUNTransactionID(high: 9, low: 9)
        let key = serverCredentials.password
        #expect(receive(answer(unknown, key: key), from: AgentPair.serverAddress) == .unexpectedResponse)
        let forged = answer(id, key: clientCredentials.password)
        #expect(receive(forged, from: AgentPair.serverAddress) == .unauthenticated(.badIntegrity))
        #expect(receive(answer(id, key: key), from: AgentPair.clientAddress) == .unexpectedResponse)
        #expect(!client.hasValidated(AgentPair.serverAddress))
        #expect(receive(answer(id, key: key), from: AgentPair.serverAddress) == nil)
        #expect(client.hasValidated(AgentPair.serverAddress))
    }

    @Test("however many addresses check us, the check list stays bounded")
    func bounded() {
        var agent = agent(seed: 4, controlling: false)
        let now = Moment(nanoseconds: 0)
        agent.setRemote(clientCredentials, now: now)
        var refused = 0
        for port in UInt16(1)...500 {
            var builder = STUNMessageBuilder(.request, transactionID: STUNTransactionID(high: 1, low: UInt64(port)))
            builder.append(.username, "\(serverCredentials.ufrag):\(clientCredentials.ufrag)".utf8)
            builder.appendPriority(UInt32(port))
            builder.appendTieBreaker(1, as: .iceControlling)
            builder.finish(key: serverCredentials.password).withUnsafeBytes { datagram in
                do throws(ICERefusal) {
                    try agent.receive(datagram, from: TransportAddress(ipv4: 7, port: port), now: now)
                } catch {
                    #expect(error == .tooManyCandidates)
                    refused += 1
                }
            }
        }
        #expect(refused == 500 - CheckList.pairLimit)
        #expect(agent.lists[0].pairs.count == CheckList.pairLimit)
        #expect(agent.lists[0].triggered.count <= CheckList.pairLimit)
    }
}
