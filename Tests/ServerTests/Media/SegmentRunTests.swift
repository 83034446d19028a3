// SPDX-License-Identifier: Apache-2.0

import Routing
import Testing

@testable import Server

@Suite struct SegmentRunTests {
    /// The runs that the given (peer, length) pairs make, as the lengths of their datagrams.
    private func runs(_ datagrams: [(Int32, Int)]) -> [[Int]] {
        let queue = TransmitQueue(capacity: 1 << 21, maximumEntries: 2_048)
        for (peer, length) in datagrams {
            #expect(queue.reserve(maximum: length) != nil)
            queue.commit(length: length, peer: PeerHandle(index: peer))
        }
        let entries = queue.entries
        var result: [[Int]] = []
        var index = 0
        while index < entries.count {
            let run = SegmentRun.next(in: entries, from: index)
            let lengths = entries[index..<index + run.count].map { Int($0.length) }
            #expect(run.length == lengths.reduce(0, +))
            #expect(run.segment == (run.count == 1 ? 0 : lengths[0]))
            result.append(lengths)
            index += run.count
        }
        return result
    }

    @Test("equal datagrams to one peer make one run, a shorter one ends it")
    func shorterLast() {
        #expect(runs([(1, 1_200), (1, 1_200), (1, 900), (1, 900)]) == [[1_200, 1_200, 900], [900]])
        #expect(runs([(1, 900), (1, 1_200)]) == [[900], [1_200]])
    }

    @Test("another peer starts another run")
    func peers() {
        #expect(runs([(1, 100), (2, 100), (2, 100), (1, 100)]) == [[100], [100, 100], [100]])
    }

    @Test("a run has at most 64 datagrams and less than 64 KiB")
    func limits() {
        #expect(runs(Array(repeating: (1, 100), count: 130)).map(\.count) == [64, 64, 2])
        #expect(runs(Array(repeating: (1, 1_400), count: 50)).map(\.count) == [46, 4])
    }
}
