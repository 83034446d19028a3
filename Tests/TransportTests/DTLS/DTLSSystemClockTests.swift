// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Transport

/// OpenSSL 3.2 and later keep their retransmission timer, so that real time must go by. An older one that isn't asked
/// for its timer behaves the same, and is what these tests have.
@Suite("DTLS by the system's clock")
struct DTLSSystemClockTests {
    private static var configuration: DTLSConfiguration {
        var configuration = DTLSConfiguration()
        configuration.ownsTimer = false
        return configuration
    }

    @Test("losing any one datagram is made good", arguments: 0..<4)
    func losesOne(_ lost: Int) throws {
        let pair = try DTLSPair(
            clientConfiguration: Self.configuration,
            serverConfiguration: Self.configuration,
            isInRealTime: true
        )
        pair.fate = { number, _ in number == lost ? .lose : .deliver }
        pair.run()
        let client = try #require(pair.client.result)
        let server = try #require(pair.server.result)
        #expect(client.sealerKeys.matches(server.openerKeys))
        #expect(client.openerKeys.matches(server.sealerKeys))
        #expect(pair.sent.count > 4)
        #expect(pair.client.nextDeadline == nil)
        #expect(pair.server.nextDeadline == nil)
    }

    @Test("a peer that never answers costs a dozen retransmissions, and nothing more until the time limit")
    func silence() throws {
        var configuration = Self.configuration
        configuration.initialRetransmission = .milliseconds(1)
        configuration.maximumRetransmission = .milliseconds(20)
        let client = try DTLSPair(clientConfiguration: configuration).client
        let began = DTLSPair.systemNow
        let limit = began + configuration.handshakeTimeout
        client.start(now: began)
        var sent = client.takeDatagrams().count
        while let deadline = client.nextDeadline, deadline < limit {
            DTLSPair.sleep(until: deadline)
            client.handleTimeout(now: deadline)
            sent += client.takeDatagrams().count
        }
        #expect(sent == 13)
        // Every read looks at the timer, too, here that of a record of the next epoch.
        client.receive([22, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4], now: limit)
        #expect(client.takeDatagrams().isEmpty)
        #expect(client.nextDeadline == limit)
        client.handleTimeout(now: limit)
        #expect(client.error == .handshakeTimedOut)
    }

    @Test("what isn't due yet by that clock is asked for later, and doesn't count")
    func early() throws {
        var configuration = Self.configuration
        configuration.initialRetransmission = .seconds(600)
        configuration.maximumRetransmission = .seconds(600)
        configuration.handshakeTimeout = .seconds(7_200)
        let client = try DTLSPair(clientConfiguration: configuration).client
        var now = Moment(nanoseconds: 0)
        client.start(now: now)
        #expect(client.takeDatagrams().count == 1)
        for _ in 0..<3 {
            now = try #require(client.nextDeadline)
            client.handleTimeout(now: now)
            #expect(client.takeDatagrams().isEmpty)
        }
        // Each time nearly the whole wait was left.
        #expect(now > Moment(nanoseconds: 0) + .seconds(1_000))
        #expect(client.error == nil)
    }
}
