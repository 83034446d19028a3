// SPDX-License-Identifier: Apache-2.0

/// Values that the page holds by number. Numbers aren't used again.
struct Handles<Value> {
    private var values: [UInt32: Value] = [:]
    private var last: UInt32 = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ value: Value) throws(CoreRefusal) -> UInt32 {
        guard values.count < limit, last < .max else { throw .tooManyHandles }
        last += 1
        values[last] = value
        return last
    }

    func value(_ handle: UInt32) throws(CoreRefusal) -> Value {
        guard let value = values[handle] else { throw .unknownHandle }
        return value
    }

    mutating func set(_ handle: UInt32, to value: Value) {
        values[handle] = value
    }

    mutating func remove(_ handle: UInt32) throws(CoreRefusal) -> Value {
        guard let value = values.removeValue(forKey: handle) else { throw .unknownHandle }
        return value
    }
}
