// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing
import Transport

@testable import Server

@Suite struct PeerTableTests {
    private func address(_ number: Int) -> TransportAddress {
        TransportAddress(ipv4: 0xC000_0200 | UInt32(number >> 12), port: UInt16(1_024 + number & 0xFFF))
    }

    @Test("what was inserted is found, also after growing, and only that")
    func finding() {
        var randomness = SeededRandomness(seed: 1)
        var table = PeerTable(using: &randomness)
        for number in 0..<5_000 { table.insert(address(number), peer: PeerHandle(index: Int32(number)), source: .any) }
        #expect(table.count == 5_000)
        for number in 0..<5_000 { #expect(table.find(address(number))?.peer.index == Int32(number)) }
        #expect(table.find(address(5_000)) == nil)
        #expect(table.find(TransportAddress(ipv4: 0xC000_0200, port: 1_024, connection: 1)) == nil)
    }

    @Test("removing keeps the rest of a cluster reachable, for any order")
    func removing() {
        var randomness = SeededRandomness(seed: 2)
        var table = PeerTable(using: &randomness)
        var model: [Int: Int32] = [:]
        for step in 0..<20_000 {
            let number = Int.random(in: 0..<300, using: &randomness)
            if Bool.random(using: &randomness) {
                let peer = PeerHandle(index: Int32(step))
                table.insert(address(number), peer: peer, source: .any)
                model[number] = peer.index
            } else if let owner = model.removeValue(forKey: number) {
                table.remove(address(number), of: PeerHandle(index: owner))
            }
            #expect(table.count == model.count)
        }
        for number in 0..<300 { #expect(table.find(address(number))?.peer.index == model[number]) }
    }

    @Test("an address that moved to another peer isn't removed by its former one")
    func ownership() {
        var randomness = SeededRandomness(seed: 3)
        var table = PeerTable(using: &randomness)
        table.insert(address(1), peer: PeerHandle(index: 1), source: .any)
        table.insert(address(1), peer: PeerHandle(index: 2), source: LocalAddress(high: 0, low: 0xFFFF_0A00_0001))
        #expect(table.count == 1)
        table.remove(address(1), of: PeerHandle(index: 1))
        #expect(table.find(address(1))?.peer.index == 2)
        #expect(table.find(address(1))?.source.low == 0xFFFF_0A00_0001)
        table.remove(address(2), of: PeerHandle(index: 2))
        table.remove(address(1), of: PeerHandle(index: 2))
        #expect(table.count == 0)
    }
}
