// SPDX-License-Identifier: Apache-2.0

/// What ``SortedMap`` and ``SortedSet`` keep in order.
public protocol SortKey: Equatable, Sendable {
    func precedes(_ other: Self) -> Bool
}

extension UInt32: SortKey {
    public func precedes(_ other: UInt32) -> Bool { self < other }
}

extension UInt64: SortKey {
    public func precedes(_ other: UInt64) -> Bool { self < other }
}

/// Byte by byte; of two that begin alike the shorter one first.
extension [UInt8]: SortKey {
    public func precedes(_ other: [UInt8]) -> Bool { lexicographicallyPrecedes(other) }
}
