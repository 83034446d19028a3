// SPDX-License-Identifier: Apache-2.0

import LogKeeping
import TestSupport
import Testing
import Transparency

@Suite("The log's files, crashes")
struct LogStoreCrashTests {
    private static let count = 300

    /// Thirteen batches past a full tile, on a disk that breaks as told.
    private func run(_ faults: [Int: FaultyDisk.Fault], seed: UInt64, lies: Bool = false) throws -> StoreHarness {
        let disk = FaultyDisk(root: StoreHarness.root, seed: seed)
        if lies { disk.lieAboutFolders() }
        for (place, fault) in faults { disk.breakCall(place, fault) }
        let harness = try StoreHarness(disk)
        for number in 0..<Self.count { try harness.submit(number) }
        try harness.settle()
        return harness
    }

    @Test(
        "each call to the disk failed, done but failed, out of room, killed, power cut before and after: nothing is lost"
    )
    func everyCall() throws {
        let calls = try run([:], seed: 0).disk.calls
        // Every call of the first batches, and of the one that fills a tile, would take minutes: a stride that is no divisor
        // of a batch's calls meets all kinds.
        #expect(calls > 150)
        for place in stride(from: 0, to: calls, by: 3) {
            let fault = FaultyDisk.Fault.allCases[place / 3 % FaultyDisk.Fault.allCases.count]
            let harness = try run([place: fault], seed: UInt64(place))
            #expect(try harness.complaints(count: Self.count) == [], "\(fault) at call \(place) of \(calls)")
        }
    }

    @Test("every call of a first start and a first batch, in every way")
    func firstBatch() throws {
        for place in 0..<40 {
            for fault in FaultyDisk.Fault.allCases {
                let disk = FaultyDisk(root: StoreHarness.root, seed: UInt64(place))
                disk.breakCall(place, fault)
                let harness = try StoreHarness(disk)
                for number in 0..<3 { try harness.submit(number) }
                try harness.settle()
                #expect(try harness.complaints(count: 3) == [], "\(fault) at call \(place)")
            }
        }
    }

    @Test("the power goes again and again")
    func manyPowerCuts() throws {
        var randomness = SeededRandomness(seed: 7)
        let disk = FaultyDisk(root: StoreHarness.root, seed: 8)
        let harness = try StoreHarness(disk)
        var number = 0
        while harness.restarts < 200 {
            for _ in 0..<Int.random(in: 1...4, using: &randomness) {
                try harness.submit(number)
                number += 1
            }
            let fault: FaultyDisk.Fault = Bool.random(using: &randomness) ? .powerCutBefore : .powerCutAfter
            disk.breakCall(Int.random(in: 0...12, using: &randomness), fault)
            try harness.settle()
        }
        #expect(try harness.complaints(count: number) == [])
    }

    @Test("this would be noticed: on a disk that only pretends to sync folders, power cuts lose what was acknowledged")
    func lyingDisk() throws {
        var complained = 0
        for seed in 0..<20 as Range<UInt64> {
            let harness = try run([150: .powerCutBefore], seed: seed, lies: true)
            if try harness.complaints(count: Self.count) != [] { complained += 1 }
        }
        #expect(complained > 10)
    }
}
