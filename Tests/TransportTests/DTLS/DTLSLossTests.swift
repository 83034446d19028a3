// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@testable import Transport

@Suite("DTLS over a bad network")
struct DTLSLossTests {
    /// A flight of one side takes several datagrams at this size.
    private static var fragmenting: DTLSConfiguration {
        var configuration = DTLSConfiguration()
        configuration.maximumDatagramSize = 300
        return configuration
    }

    private static let large = try? DTLSIdentity(key: .rsa(bits: 2048), subjectFiller: 1500)

    private func check(_ pair: DTLSPair, _ comment: Comment) throws {
        let client = try #require(pair.client.result, comment)
        let server = try #require(pair.server.result, comment)
        #expect(client.sealerKeys.matches(server.openerKeys), comment)
        #expect(client.openerKeys.matches(server.sealerKeys), comment)
    }

    @Test("losing any one datagram only costs time", arguments: 0..<4)
    func losesOne(_ lost: Int) throws {
        let pair = try DTLSPair()
        pair.fate = { number, _ in number == lost ? .lose : .deliver }
        pair.run()
        try check(pair, "datagram \(lost)")
        #expect(pair.sent.count > 4)
        #expect(pair.elapsed < .seconds(1))
    }

    @Test("duplicates of every datagram are harmless")
    func duplicates() throws {
        let pair = try DTLSPair()
        pair.fate = { _, _ in .duplicate }
        pair.run()
        try check(pair, "duplicates")
    }

    @Test("a large certificate is fragmented, and no datagram exceeds the size asked for")
    func fragments() throws {
        let large = try #require(DTLSLossTests.large)
        for size in [288, 300, 301, 302, 303, 304, 400, 576, 1200] {
            var configuration = DTLSConfiguration()
            configuration.maximumDatagramSize = size
            let pair = try DTLSPair(
                client: large,
                server: large,
                clientConfiguration: configuration,
                serverConfiguration: configuration
            )
            pair.run()
            try check(pair, "size \(size)")
            #expect(pair.sent.map(\.count).max() ?? 0 <= size)
            #expect(pair.sent.count > 4)
        }
    }

    @Test("of a fragmented handshake, too, any datagram may be lost")
    func losesFragments() throws {
        let large = try #require(DTLSLossTests.large)
        let whole = try DTLSPair(
            client: large,
            server: large,
            clientConfiguration: Self.fragmenting,
            serverConfiguration: Self.fragmenting
        )
        whole.run()
        #expect(whole.sent.count > 20)
        for lost in 0..<whole.sent.count {
            let pair = try DTLSPair(
                client: large,
                server: large,
                clientConfiguration: Self.fragmenting,
                serverConfiguration: Self.fragmenting
            )
            pair.fate = { number, _ in number == lost ? .lose : .deliver }
            pair.run()
            try check(pair, "datagram \(lost)")
        }
    }

    @Test("loss, duplication and reordering together never end a handshake", arguments: 1...24 as ClosedRange<UInt64>)
    func storm(_ seed: UInt64) throws {
        let large = try #require(DTLSLossTests.large)
        let pair = try DTLSPair(
            client: seed.isMultiple(of: 2) ? large : nil,
            server: seed.isMultiple(of: 3) ? large : nil,
            clientConfiguration: seed.isMultiple(of: 2) ? Self.fragmenting : DTLSConfiguration()
        )
        var randomness = SeededRandomness(seed: seed)
        pair.fate = { _, _ in
            switch UInt8.random(in: 0..<100, using: &randomness) {
            case 0..<20: .lose
            case 20..<30: .duplicate
            case 30..<60: .delay(.milliseconds(Int64.random(in: 1...80, using: &randomness)))
            default: .deliver
            }
        }
        pair.run()
        try check(pair, "seed \(seed)")
    }
}
