// SPDX-License-Identifier: Apache-2.0

/// A reading of the monotonic clock, in nanoseconds since an arbitrary origin.
///
/// Logic never asks what time it is; whoever owns the socket stamps a batch once and passes the moment in.
public struct Moment: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    @inlinable
    public static func < (lhs: Moment, rhs: Moment) -> Bool { lhs.nanoseconds < rhs.nanoseconds }

    @inlinable
    public static func + (lhs: Moment, rhs: Interval) -> Moment {
        Moment(nanoseconds: lhs.nanoseconds &+ rhs.nanoseconds)
    }

    @inlinable
    public static func - (lhs: Moment, rhs: Interval) -> Moment {
        Moment(nanoseconds: lhs.nanoseconds &- rhs.nanoseconds)
    }

    @inlinable
    public static func - (lhs: Moment, rhs: Moment) -> Interval {
        Interval(nanoseconds: lhs.nanoseconds &- rhs.nanoseconds)
    }
}
