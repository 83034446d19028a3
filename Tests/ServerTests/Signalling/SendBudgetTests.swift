// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Server

@Suite("Send budget")
struct SendBudgetTests {
    @Test("one slow reader alone may hold eight mebibytes, or four thousand messages")
    func alone() {
        var budget = SendBudget()
        var held = 0
        while budget.take(1 << 10, free: SendPool.capacity - held), held < 16 << 20 { held += 1 << 10 }
        #expect(held == SendBudget.maximumMessages << 10)
        budget = SendBudget()
        held = 0
        while budget.take(64 << 10, free: SendPool.capacity - held), held < 16 << 20 { held += 64 << 10 }
        #expect(held == SendBudget.maximumBytes)
    }

    @Test("twenty thousand slow readers together never hold all that the node has", arguments: [500, 4_000, 60_000])
    func together(size: Int) {
        let pool = SendPool()
        var budgets = [SendBudget](repeating: SendBudget(), count: 20_000)
        for _ in 0..<20 {
            for index in budgets.indices where budgets[index].take(size, free: pool.free) { pool.take(size) }
            #expect(pool.free >= 0)
        }
        // Readers that keep up still get their next message.
        var healthy = SendBudget()
        let fits = healthy.take(size, free: pool.free)
        #expect(fits == (20_000 * size < SendPool.capacity))
    }

    @Test("what is written makes room again")
    func giveBack() {
        let pool = SendPool()
        var budget = SendBudget()
        let first = budget.take(SendBudget.maximumBytes, free: pool.free)
        let second = budget.take(1, free: pool.free)
        budget.giveBack(SendBudget.maximumBytes)
        let third = budget.take(1, free: pool.free)
        #expect([first, second, third] == [true, false, true])
    }
}
