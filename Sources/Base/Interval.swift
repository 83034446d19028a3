// SPDX-License-Identifier: Apache-2.0

/// A signed span between two ``Moment``s, in nanoseconds.
public struct Interval: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static let zero = Interval(nanoseconds: 0)

    @inlinable
    public static func microseconds(_ count: Int64) -> Interval { Interval(nanoseconds: count &* 1_000) }
    @inlinable
    public static func milliseconds(_ count: Int64) -> Interval { Interval(nanoseconds: count &* 1_000_000) }
    @inlinable
    public static func seconds(_ count: Int64) -> Interval { Interval(nanoseconds: count &* 1_000_000_000) }

    @inlinable
    public static func < (lhs: Interval, rhs: Interval) -> Bool { lhs.nanoseconds < rhs.nanoseconds }
    @inlinable
    public static func + (lhs: Interval, rhs: Interval) -> Interval {
        Interval(nanoseconds: lhs.nanoseconds &+ rhs.nanoseconds)
    }
    @inlinable
    public static func - (lhs: Interval, rhs: Interval) -> Interval {
        Interval(nanoseconds: lhs.nanoseconds &- rhs.nanoseconds)
    }
    @inlinable
    public static func * (lhs: Interval, rhs: Int64) -> Interval {
        Interval(nanoseconds: lhs.nanoseconds &* rhs)
    }
    @inlinable
    public static func / (lhs: Interval, rhs: Int64) -> Interval {
        Interval(nanoseconds: lhs.nanoseconds / rhs)
    }
}
