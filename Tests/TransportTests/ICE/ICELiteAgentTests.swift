// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

/// Transcripts of the server's agent: one message in, the answer and the new state out.
@Suite("ICE-lite agent")
struct ICELiteAgentTests {
    private static func credentials(_ name: String) -> ICECredentials? {
        ICECredentials(ufrag: name, password: "password-of-\(name)-0123456789".filter { $0 != "-" })
    }

    private let home = TransportAddress(ipv4: 0xC000_0201, port: 5_000)
    private let roaming = TransportAddress(ipv4: 0xC633_6401, port: 6_000)
    private let client: ICECredentials
    private let server: ICECredentials
    private var agent: ICELiteAgent

    init() throws {
        client = try #require(Self.credentials("client"))
        server = try #require(Self.credentials("server"))
        agent = ICELiteAgent(local: server)
        agent.setRemote(client, now: at(0))
    }

    private func at(_ seconds: Int64) -> Moment { Moment(nanoseconds: 0) + .seconds(seconds) }

    private func check(
        _ number: UInt64,
        to local: ICECredentials? = nil,
        nominating: Bool = true,
        priority: UInt32 = 100,
        password: Secret? = nil,
        extra: (inout STUNMessageBuilder) -> Void = { $0.appendTieBreaker(1, as: .iceControlling) }
    ) -> [UInt8] {
        let local = local ?? server
        var builder = STUNMessageBuilder(.request, transactionID: STUNTransactionID(high: 1, low: number))
        builder.append(.username, "\(local.ufrag):client".utf8)
        builder.appendPriority(priority)
        if nominating { builder.append(.useCandidate, []) }
        extra(&builder)
        return builder.finish(key: password ?? local.password)
    }

    private mutating func receive(_ bytes: [UInt8], from address: TransportAddress, at seconds: Int64) -> ICERefusal? {
        let moment = at(seconds)
        return bytes.withUnsafeBytes { datagram in
            do throws(ICERefusal) {
                try agent.receive(datagram, from: address, now: moment)
                return nil
            } catch { return error }
        }
    }

    private mutating func answer() throws -> (to: TransportAddress, message: STUNMessage)? {
        guard let transmit = agent.pollTransmit() else { return nil }
        let message = try STUNMessage.parse(transmit.bytes).authenticated(with: server.password).message
        return (transmit.address, message)
    }

    @Test("a nominating check is answered and selects its source")
    mutating func nominated() throws {
        #expect(receive(check(7), from: home, at: 0) == nil)
        let answer = try #require(try answer())
        #expect(answer.to == home)
        #expect(answer.message.messageClass == .success)
        #expect(answer.message.transactionID == STUNTransactionID(high: 1, low: 7))
        #expect(answer.message.xorMappedAddress == home)
        #expect(agent.pollEvent() == .selected(home))
        #expect(agent.selected == home)
        #expect(receive(check(8), from: home, at: 1) == nil)
        #expect(agent.pollEvent() == nil)
    }

    @Test("an ordinary check proves an address without selecting it")
    mutating func proved() throws {
        #expect(receive(check(1, nominating: false), from: home, at: 0) == nil)
        #expect(try answer()?.message.messageClass == .success)
        #expect(agent.selected == nil)
        #expect(agent.pollEvent() == nil)
        #expect(agent.hasValidated(home))
        #expect(!agent.hasValidated(roaming))
    }

    @Test("strangers get no answer and leave no trace")
    mutating func strangers() throws {
        let stranger = try #require(Self.credentials("stranger"))
        #expect(receive(check(1, to: stranger), from: home, at: 0) == .unknownUsername)
        #expect(receive(check(1, password: stranger.password), from: home, at: 0) == .unauthenticated(.badIntegrity))
        let unsigned = STUNMessageBuilder(.request, transactionID: STUNTransactionID(high: 1, low: 1)).finish(key: nil)
        #expect(receive(unsigned, from: home, at: 0) == .unknownUsername)
        var flipped = check(1)
        flipped[30] ^= 1
        #expect(receive(flipped, from: home, at: 0) == .malformed(.badFingerprint))
        #expect(receive([0, 1, 2], from: home, at: 0) == .malformed(.notSTUN))
        let response = STUNMessageBuilder(.success, transactionID: STUNTransactionID(high: 1, low: 1))
        #expect(receive(response.finish(key: server.password), from: home, at: 0) == .unexpectedResponse)
        #expect(agent.pollTransmit() == nil)
        #expect(!agent.hasValidated(home))
        #expect(agent.nextDeadline == nil)
    }

    @Test("a check under another peer's ufrag is refused once the peer is known")
    mutating func wrongPeer() throws {
        var builder = STUNMessageBuilder(.request, transactionID: STUNTransactionID(high: 1, low: 1))
        builder.append(.username, "server:other".utf8)
        #expect(receive(builder.finish(key: server.password), from: home, at: 0) == .unknownUsername)
    }

    @Test("a peer that believes itself controlled hears 487, since a lite agent cannot lead")
    mutating func roleConflict() throws {
        let conflicting = check(1) { $0.appendTieBreaker(0, as: .iceControlled) }
        #expect(receive(conflicting, from: home, at: 0) == .roleConflict)
        #expect(try answer()?.message.errorCode == 487)
        #expect(!agent.hasValidated(home))
    }

    @Test("an unknown attribute that must be understood is answered with 420 and its type")
    mutating func unknownAttribute() throws {
        let odd = STUNAttributeType(rawValue: 0x7ABC)
        #expect(receive(check(1) { $0.append(odd, [1]) }, from: home, at: 0) == .unknownAttributes)
        let answer = try #require(try answer())
        #expect(answer.message.errorCode == 420)
        #expect(answer.message.unknownAttributes == [odd])
        #expect(!agent.hasValidated(home))
        // An optional one is passed over.
        let optional = STUNAttributeType(rawValue: 0xFABC)
        #expect(receive(check(2) { $0.append(optional, [1]) }, from: home, at: 0) == nil)
    }

    @Test("a nomination from a new address moves the session there")
    mutating func moved() {
        _ = receive(check(1), from: home, at: 0)
        #expect(agent.pollEvent() == .selected(home))
        _ = receive(check(2), from: roaming, at: 5)
        #expect(agent.pollEvent() == .selected(roaming))
        #expect(agent.destination == roaming)
    }

    @Test("a late, worse nomination does not take the session back, a lasting one does")
    mutating func reordered() {
        _ = receive(check(1, priority: 200), from: home, at: 0)
        _ = receive(check(2, priority: 100), from: roaming, at: 1)
        #expect(agent.selected == home)
        _ = receive(check(3, priority: 100), from: roaming, at: 4)
        #expect(agent.selected == roaming)
    }

    @Test("without a check for 30 s consent is gone, and a late check does not bring it back")
    mutating func consent() {
        _ = receive(check(1), from: home, at: 0)
        #expect(agent.pollEvent() == .selected(home))
        _ = receive(check(2, nominating: false), from: home, at: 10)
        agent.handleTimeout(now: at(39))
        #expect(agent.pollEvent() == nil)
        #expect(agent.nextDeadline == at(40))
        agent.handleTimeout(now: at(40))
        #expect(agent.pollEvent() == .consentExpired)
        #expect(agent.destination == nil)
        #expect(agent.nextDeadline == nil)
        _ = receive(check(3), from: home, at: 41)
        #expect(agent.selected == nil)
    }

    @Test("when the selected address goes silent, one that is still checked takes over")
    mutating func takeOver() {
        _ = receive(check(1), from: home, at: 0)
        _ = receive(check(2, nominating: false), from: roaming, at: 20)
        #expect(agent.pollEvent() == .selected(home))
        agent.handleTimeout(now: at(30))
        #expect(agent.pollEvent() == .selected(roaming))
        agent.handleTimeout(now: at(50))
        #expect(agent.pollEvent() == .consentExpired)
    }

    @Test("after a restart both credentials work until one nominates under the new ones")
    mutating func restart() throws {
        let next = try #require(Self.credentials("second"))
        _ = receive(check(1), from: home, at: 0)
        _ = agent.pollEvent()
        agent.restart(local: next, now: at(1))
        #expect(receive(check(2), from: home, at: 2) == nil)
        #expect(receive(check(3, to: next, nominating: false), from: roaming, at: 3) == nil)
        #expect(agent.selected == home)
        #expect(receive(check(4), from: home, at: 4) == nil)
        #expect(receive(check(5, to: next), from: roaming, at: 5) == nil)
        #expect(agent.pollEvent() == .selected(roaming))
        #expect(receive(check(6), from: home, at: 6) == .unknownUsername)
        #expect(agent.selected == roaming)
    }

    @Test("a restart overtaken by another keeps the credentials in use and the newest")
    mutating func restartTwice() throws {
        let second = try #require(Self.credentials("second"))
        let third = try #require(Self.credentials("third"))
        _ = receive(check(1), from: home, at: 0)
        agent.restart(local: second, now: at(1))
        agent.restart(local: third, now: at(1))
        #expect(receive(check(2, to: second), from: home, at: 2) == .unknownUsername)
        #expect(receive(check(3), from: home, at: 2) == nil)
        #expect(receive(check(4, to: third), from: home, at: 2) == nil)
        #expect(receive(check(5), from: home, at: 3) == .unknownUsername)
    }

    @Test("however many addresses pass a check, few are remembered and the selected one stays")
    mutating func bounded() {
        _ = receive(check(1), from: home, at: 0)
        for port in UInt16(1)...200 {
            let address = TransportAddress(ipv4: 0x0A00_0001, port: port)
            #expect(receive(check(UInt64(port) + 10, nominating: false), from: address, at: 1) == nil)
        }
        let remembered = (UInt16(1)...200).filter { agent.hasValidated(TransportAddress(ipv4: 0x0A00_0001, port: $0)) }
        #expect(remembered.count == 7)
        #expect(agent.hasValidated(home))
        var answers = 0
        while agent.pollTransmit() != nil { answers += 1 }
        #expect(answers == 64)
    }
}
