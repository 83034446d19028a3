// SPDX-License-Identifier: Apache-2.0

/// A dictionary in an array, in the order of its keys.
///
/// A hash table takes 2 to 5 kB of code for every pair of types that it is made of, and all the others bring hashing along:
/// too much for what browsers load. Up to a few thousand entries this is as quick.
public struct SortedMap<Key: SortKey, Value> {
    /// A value is missing only while it is lent out to be changed.
    private var entries: [(key: Key, value: Value?)]

    public init() {
        entries = []
    }

    public init(_ key: Key, _ value: Value) {
        entries = [(key, value)]
    }

    public var count: Int { entries.count }

    public var isEmpty: Bool { entries.isEmpty }

    /// In their order.
    public var keys: [Key] { entries.map { $0.key } }

    public subscript(key: Key) -> Value? {
        get {
            let (index, isThere) = place(of: key)
            return isThere ? entries[index].value : nil
        }
        // In place: what a value holds isn't copied.
        _modify {
            let (index, isThere) = place(of: key)
            var value: Value?
            if isThere { swap(&value, &entries[index].value) }
            defer { put(value, key, index, isThere) }
            yield &value
        }
    }

    public subscript(key: Key, default fallback: @autoclosure () -> Value) -> Value {
        get { self[key] ?? fallback() }
        set { self[key] = newValue }
    }

    public mutating func removeValue(forKey key: Key) -> Value? {
        let (index, isThere) = place(of: key)
        return isThere ? entries.remove(at: index).value : nil
    }

    public mutating func removeAll(where isRemoved: (Key, Value) -> Bool) {
        entries.removeAll { entry in
            guard let value = entry.value else { return true }
            return isRemoved(entry.key, value)
        }
    }

    private mutating func put(_ value: Value?, _ key: Key, _ index: Int, _ isThere: Bool) {
        if isThere {
            if value == nil { entries.remove(at: index) } else { entries[index].value = value }
        } else if value != nil {
            entries.insert((key, value), at: index)
        }
    }

    /// Where a key is, or belongs.
    private func place(of key: Key) -> (index: Int, isThere: Bool) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key.precedes(key) { low = middle + 1 } else { high = middle }
        }
        return (low, low < entries.count && entries[low].key == key)
    }
}

extension SortedMap: Sendable where Value: Sendable {}

extension SortedMap: Sequence {
    public struct Iterator: IteratorProtocol {
        fileprivate let entries: [(key: Key, value: Value?)]
        fileprivate var index = 0

        public mutating func next() -> (key: Key, value: Value)? {
            while index < entries.count {
                let entry = entries[index]
                index += 1
                if let value = entry.value { return (entry.key, value) }
            }
            return nil
        }
    }

    public func makeIterator() -> Iterator { Iterator(entries: entries) }
}
