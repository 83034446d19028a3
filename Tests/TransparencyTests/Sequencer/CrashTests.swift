// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Sequencer, crashes")
struct CrashTests {
    private static let count = 80
    private static let before = 200

    /// A log of 200 entries, whose store works.
    private let start: MemoryStore

    init() throws {
        let harness = try LogHarness { $0.mostEntries = 100 }
        for number in 0..<Self.before { harness.submit(try Entries.incident(-1 - number)) }
        try harness.settle()
        start = harness.store
    }

    /// Four batches, the third of which fills a tile, on a store that breaks as told; writes are counted from here on.
    private func run(_ breakages: [Int: MemoryStore.Breakage]) throws -> LogHarness {
        var store = start
        for (place, breakage) in breakages { store.breakages[start.writes + place] = breakage }
        let harness = try LogHarness(store: store) { $0.mostEntries = 20 }
        for number in 0..<Self.count { harness.submit(try Entries.incident(number)) }
        try harness.settle()
        return harness
    }

    @Test("the first checkpoint, of the empty log, comes about whatever breaks")
    func firstStart() throws {
        for place in 0..<4 {
            for breakage in MemoryStore.Breakage.allCases {
                var store = MemoryStore()
                store.breakages = [place: breakage]
                let harness = try LogHarness(store: store)
                harness.submit(try Entries.incident(0))
                try harness.settle()
                #expect(harness.fault == nil && harness.store.violations == [], "\(breakage) at write \(place)")
                #expect(try harness.head().size == 1)
            }
        }
    }

    private func check(_ harness: LogHarness, _ what: String) throws {
        #expect(harness.fault == nil, "\(what)")
        #expect(harness.store.violations == [], "\(what)")
        #expect(harness.places.count == Self.count, "\(what)")
        let entries = try harness.entries()
        // None lost, none doubled, each where its client was told.
        #expect(entries.count == Self.before + Self.count, "\(what)")
        for (ticket, place) in harness.places {
            let expected = try Entries.incident(Int(ticket.number)).encoded
            #expect(Int(place) < entries.count && entries[Int(place)] == expected, "\(what)")
        }
    }

    @Test("each write lost, stored but reported failed, killed before and after, disk full: the log goes on")
    func everyWrite() throws {
        let writes = try run([:]).store.writes - start.writes
        #expect(writes > 20)
        for place in 0..<writes {
            for breakage in MemoryStore.Breakage.allCases {
                try check(try run([place: breakage]), "\(breakage) at write \(place)")
            }
        }
    }

    @Test("two breakages, the second while the first is being mended")
    func twoWrites() throws {
        var randomness = SeededRandomness(seed: 2)
        for round in 0..<60 {
            let first = Int.random(in: 0..<30, using: &randomness)
            let second = first + Int.random(in: 1...6, using: &randomness)
            let breakages = try [first, second].map { place in
                (place, try #require(MemoryStore.Breakage.allCases.randomElement(using: &randomness)))
            }
            let harness = try run(Dictionary(uniqueKeysWithValues: breakages))
            try check(harness, "round \(round): \(breakages)")
            if round % 10 == 0 { #expect(try harness.monitor().findings == []) }
        }
    }

    @Test("killed again and again at random, a thousand times: what was acknowledged stays where it was")
    func thousandKills() throws {
        var randomness = SeededRandomness(seed: 1_000)
        let harness = try LogHarness { $0.mostEntries = 8 }
        var number = 0
        while harness.restarts < 1_000 {
            for _ in 0..<Int.random(in: 1...4, using: &randomness) {
                harness.submit(try Entries.incident(number))
                number += 1
            }
            let place = harness.store.writes + Int.random(in: 0...8, using: &randomness)
            harness.store.breakages = [place: Bool.random(using: &randomness) ? .killedBefore : .killedAfter]
            try harness.settle()
        }
        #expect(harness.fault == nil)
        #expect(harness.store.violations == [])
        let entries = try harness.entries()
        #expect(entries.count == number && Set(entries).count == number && harness.places.count == number)
        for (ticket, place) in harness.places {
            #expect(entries[Int(place)] == (try Entries.incident(Int(ticket.number)).encoded))
        }
        #expect(try harness.monitor().findings == [])
    }
}
