// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@Suite("Sorted collections")
struct SortedMapTests {
    @Test("a map does what a dictionary does, in order")
    func map() {
        var randomness = SeededRandomness(seed: 22)
        var map = SortedMap<UInt64, [UInt64]>()
        var expected: [UInt64: [UInt64]] = [:]
        for _ in 0..<4_000 {
            let key = randomness.next() % 64
            switch randomness.next() % 6 {
            case 0: #expect(map.removeValue(forKey: key) == expected.removeValue(forKey: key))
            case 1:
                map[key] = nil
                expected[key] = nil
            case 2:
                map[key]?.append(key)
                expected[key]?.append(key)
            case 3:
                map[key, default: []].append(key)
                expected[key, default: []].append(key)
            case 4:
                map.removeAll { other, value in other % 8 == key % 8 && value.count > 3 }
                expected = expected.filter { other, value in !(other % 8 == key % 8 && value.count > 3) }
            default:
                map[key] = [key]
                expected[key] = [key]
            }
            #expect(map.count == expected.count)
            #expect(map[key] == expected[key])
        }
        #expect(map.keys == expected.keys.sorted())
        for (key, value) in map { #expect(expected[key] == value) }
        #expect(!map.isEmpty && SortedMap<UInt32, Int>().isEmpty)
    }

    @Test("a change that fails leaves the value where it was")
    func failure() {
        struct Failure: Error {}
        func fail(_ values: inout [Int]) throws {
            values.append(2)
            throw Failure()
        }
        var map = SortedMap<UInt32, [Int]>(1, [1])
        #expect(throws: Failure.self) { if map[1] != nil { try fail(&map[1]!) } }
        #expect(map[1] == [1, 2])
    }

    @Test("a set holds each once, byte strings in their order")
    func set() {
        var set = SortedSet<[UInt8]>([2])
        for element: [UInt8] in [[1, 1], [1]] { set.insert(element) }
        let isNew = (again: set.insert([1]), empty: set.insert([]))
        #expect(!isNew.again && isNew.empty)
        #expect(set.count == 4)
        #expect(set.elements == [[], [1], [1, 1], [2]])
        #expect(set.contains([1, 1]) && set.contains([]) && !set.contains([1, 2]))
    }
}
