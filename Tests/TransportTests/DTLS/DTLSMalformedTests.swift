// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@testable import Transport

@Suite("Malformed DTLS")
struct DTLSMalformedTests {
    /// A plain record with the given body.
    private func record(type: UInt8, _ body: [UInt8]) -> [UInt8] {
        [type, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
    }

    private var strays: [[UInt8]] {
        [
            [], [22], Array(repeating: 22, count: 40), record(type: 22, []),
            // fragment beyond its message, message of the wrong side, message too large, half a header
            record(type: 22, [1, 0, 0, 4, 0, 0, 0, 0, 2, 0, 0, 4, 1, 2, 3, 4]),
            record(type: 22, [20, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]),
            record(type: 22, [1, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 1]),
            record(type: 22, [1, 0, 0]),
            // warnings, alerts of odd length, data and ChangeCipherSpec in the clear
            record(type: 21, [1, 0]), record(type: 21, [2]), record(type: 21, [2, 40, 0]),
            record(type: 23, [1, 2, 3]), record(type: 20, [1]), record(type: 20, [2]),
            record(type: 24, [1, 0, 4]), record(type: 99, [1]),
        ]
    }

    @Test("strays between the flights change nothing")
    func straysChangeNothing() throws {
        let strays = self.strays
        for side in [true, false] {
            let pair = try DTLSPair()
            pair.fate = { [unowned pair] _, _ in
                for stray in strays { pair.inject(stray, toServer: side) }
                return .deliver
            }
            pair.run()
            for stray in strays { pair.inject(stray, toServer: side) }
            let client = try #require(pair.client.result)
            let server = try #require(pair.server.result)
            #expect(client.sealerKeys.matches(server.openerKeys))
            #expect(pair.elapsed < .milliseconds(100))
        }
    }

    @Test("a side's own datagrams reflected to it change nothing")
    func reflection() throws {
        let pair = try DTLSPair()
        var atServer = false
        pair.fate = { [unowned pair] number, bytes in
            atServer = number % 2 == 1
            if number < 8 { pair.inject(bytes, toServer: atServer) }
            return .deliver
        }
        pair.run()
        #expect(pair.client.result != nil)
        #expect(pair.server.result != nil)
    }

    @Test("garbage, truncations and flipped bits never trap, and never establish different keys")
    func corruption() throws {
        var randomness = SeededRandomness(seed: 7)
        for _ in 0..<300 {
            let pair = try DTLSPair()
            pair.fate = { _, bytes in
                guard Bool.random(using: &randomness) else { return .deliver }
                var bytes = bytes
                switch UInt8.random(in: 0..<3, using: &randomness) {
                case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &randomness))
                case 1:
                    for _ in 0..<4 where !bytes.isEmpty {
                        bytes[Int.random(in: 0..<bytes.count, using: &randomness)] ^=
                            1
                            << UInt8.random(
                                in: 0..<8,
                                using: &randomness
                            )
                    }
                default: bytes = [22, 254, 253] + randomness.bytes(Int.random(in: 0...80, using: &randomness))
                }
                return .replace(bytes)
            }
            pair.run()
            if let client = pair.client.result, let server = pair.server.result {
                #expect(client.sealerKeys.matches(server.openerKeys))
            }
        }
    }

    @Test("damage to what travels encrypted is loss, no more")
    func damagedRecords() throws {
        let pair = try DTLSPair()
        pair.run()
        pair.client.close()
        var goodbye = try #require(pair.client.takeDatagrams().first)
        goodbye[goodbye.count - 1] ^= 1
        pair.inject(goodbye, toServer: true)
        #expect(pair.server.result != nil)
        goodbye[goodbye.count - 1] ^= 1
        pair.inject(goodbye, toServer: true)
        #expect(pair.server.isClosed)
    }
}
