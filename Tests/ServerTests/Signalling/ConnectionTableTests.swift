// SPDX-License-Identifier: Apache-2.0

import Base
import NIOCore
import TestSupport
import Testing

@testable import Server

@Suite("Who may hold a connection")
struct ConnectionTableTests {
    private func table(total: Int = 100, waiting: Int = 10, perAddress: Int = 4) -> ConnectionTable {
        ConnectionTable(limits: ConnectionLimits(total: total, waiting: waiting, waitingPerAddress: perAddress))
    }

    @Test("a flood from one address pushes out itself")
    func flood() {
        var table = table()
        #expect(table.admit(7) == .admitted(id: 1, evicting: nil))
        for id in UInt64(2)...5 { #expect(table.admit(9) == .admitted(id: id, evicting: nil)) }
        #expect(table.admit(9) == .admitted(id: 6, evicting: 2))
        #expect(table.admit(9) == .admitted(id: 7, evicting: 3))
        #expect(table.admit(7) == .admitted(id: 8, evicting: nil))
        #expect(table.count == 6)
    }

    @Test("a flood from many addresses pushes out who waits longest, never who has joined")
    func manyAddresses() {
        var table = table()
        #expect(table.admit(1) == .admitted(id: 1, evicting: nil))
        table.promote(1)
        for id in UInt64(2)...11 { #expect(table.admit(id) == .admitted(id: id, evicting: nil)) }
        #expect(table.admit(50) == .admitted(id: 12, evicting: 2))
        #expect(table.waitingCount == 10)
        #expect(table.count == 11)
    }

    @Test("when everyone has joined and the node is full, the next one is refused")
    func full() {
        var table = table(total: 2, waiting: 2)
        for id in UInt64(1)...2 {
            #expect(table.admit(1) == .admitted(id: id, evicting: nil))
            table.promote(id)
        }
        #expect(table.admit(1) == .refused)
        table.remove(1)
        #expect(table.admit(1) == .admitted(id: 3, evicting: nil))
    }

    @Test("leaving twice, or joining after leaving, changes nothing")
    func twice() {
        var table = table()
        _ = table.admit(1)
        table.remove(1)
        table.remove(1)
        table.promote(1)
        #expect(table.count == 0)
        #expect(table.waitingCount == 0)
    }

    @Test("a hundred thousand arrivals leave nothing behind")
    func longRun() {
        var table = table()
        for address in UInt64(0)..<100_000 {
            guard case .admitted(let id, _) = table.admit(address % 17) else { continue }
            if address % 3 == 0 { table.remove(id) }
        }
        #expect(table.count <= 10)
        #expect(table.waitingCount == table.count)
    }

    @Test("addresses are told apart, IPv6 by network, and for an hour only")
    func hashing() throws {
        var randomness = SeededRandomness(seed: 1)
        let start = Moment(nanoseconds: 0)
        var hasher = AddressHasher(now: start, using: &randomness)
        func hash(_ text: String, port: Int = 1, at moment: Moment) throws -> UInt64 {
            hasher.hash(try SocketAddress(ipAddress: text, port: port), now: moment, using: &randomness)
        }
        let first = try hash("192.0.2.1", at: start)
        #expect(try hash("192.0.2.1", port: 2, at: start) == first)
        #expect(try hash("::ffff:192.0.2.1", at: start) == first)
        #expect(try hash("192.0.2.2", at: start) != first)
        let sixth = try hash("2001:db8::1", at: start)
        #expect(try hash("2001:db8::2", at: start) == sixth)
        #expect(try hash("2001:db8:0:1::1", at: start) != sixth)
        #expect(try hash("192.0.2.1", at: start + AddressHasher.keyLife) != first)
    }
}
