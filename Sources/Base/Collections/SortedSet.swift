// SPDX-License-Identifier: Apache-2.0

/// A set in an array, in order: ``SortedMap`` says why.
public struct SortedSet<Element: SortKey>: Sendable {
    /// In their order.
    public private(set) var elements: [Element] = []

    public init() {}

    public init(_ element: Element) {
        elements = [element]
    }

    public var count: Int { elements.count }

    public func contains(_ element: Element) -> Bool { place(of: element).isThere }

    /// - Returns: whether it wasn't there before.
    @discardableResult
    public mutating func insert(_ element: Element) -> Bool {
        let (index, isThere) = place(of: element)
        if !isThere { elements.insert(element, at: index) }
        return !isThere
    }

    private func place(of element: Element) -> (index: Int, isThere: Bool) {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].precedes(element) { low = middle + 1 } else { high = middle }
        }
        return (low, low < elements.count && elements[low] == element)
    }
}
