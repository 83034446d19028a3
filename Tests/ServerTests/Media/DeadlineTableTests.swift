// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Server

@Suite struct DeadlineTableTests {
    private func moment(_ milliseconds: Int64) -> Moment { Moment(nanoseconds: milliseconds * 1_000_000) }

    @Test("due entries are collected once, the others wait")
    func collecting() {
        var table = DeadlineTable()
        table.set(3, moment(30))
        table.set(0, moment(10))
        table.set(7, moment(20))
        #expect(table.next == moment(10))
        var due: ContiguousArray<Int> = []
        table.collect(now: moment(20), into: &due)
        #expect(due == [0, 7])
        #expect(table.next == moment(30))
        due = []
        table.collect(now: moment(29), into: &due)
        #expect(due.isEmpty)
        table.collect(now: moment(30), into: &due)
        #expect(due == [3])
        #expect(table.next == nil)
    }

    @Test("a deadline moved later wakes nobody; one withdrawn is gone")
    func moving() {
        var table = DeadlineTable()
        table.set(0, moment(10))
        table.set(0, moment(50))
        var due: ContiguousArray<Int> = []
        table.collect(now: moment(10), into: &due)
        #expect(due.isEmpty)
        #expect(table.next == moment(50))
        table.set(0, nil)
        table.collect(now: moment(60), into: &due)
        #expect(due.isEmpty)
        #expect(table.next == nil)
    }
}
