// SPDX-License-Identifier: Apache-2.0

/// Objects that the page holds by number. Numbers aren't used again.
package struct Handles<Value> {
    /// In the order of their numbers, which is the order they came in.
    private var entries: [(number: UInt32, value: Value)] = []
    private var last: UInt32 = 0
    private let limit: Int

    package init(limit: Int) {
        self.limit = limit
    }

    package mutating func add(_ value: Value) throws(CoreRefusal) -> UInt32 {
        guard entries.count < limit, last < .max else { throw .tooManyHandles }
        last += 1
        entries.append((last, value))
        return last
    }

    package func value(_ handle: UInt32) throws(CoreRefusal) -> Value {
        entries[try index(handle)].value
    }

    package mutating func remove(_ handle: UInt32) throws(CoreRefusal) -> Value {
        entries.remove(at: try index(handle)).value
    }

    private func index(_ handle: UInt32) throws(CoreRefusal) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number < handle { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entries[low].number == handle else { throw .unknownHandle }
        return low
    }
}
