// SPDX-License-Identifier: Apache-2.0

/// All subsets of a size, in order.
public func subsets<Element>(of elements: [Element], size: Int) -> [[Element]] {
    guard size > 0 else { return [[]] }
    return elements.indices.flatMap { index in
        subsets(of: Array(elements[(index + 1)...]), size: size - 1).map { [elements[index]] + $0 }
    }
}
