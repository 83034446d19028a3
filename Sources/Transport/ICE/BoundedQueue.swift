// SPDX-License-Identifier: Apache-2.0

/// First in, first out; what comes when it is full is dropped. Whoever floods us loses answers, nobody loses memory.
struct BoundedQueue<Element> {
    private var elements: [Element] = []
    private var head = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { head == elements.count }
    var count: Int { elements.count - head }

    mutating func append(_ element: Element) {
        guard count < limit else { return }
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: elements.capacity <= 64)
            head = 0
        } else if head >= limit {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }
}

extension BoundedQueue: Sendable where Element: Sendable {}
