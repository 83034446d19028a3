// SPDX-License-Identifier: Apache-2.0

import Base

/// One sender report's word on how a stream's timestamps relate to its sender's wall clock (RFC 3550 §6.4.1).
struct ClockMapping {
    /// Seconds in 32.32 fixed point.
    var ntp: UInt64
    var rtp: UInt32
    var receivedAt: Moment

    static func ntpSpan(_ interval: Interval) -> Int64 {
        let nanoseconds = interval.nanoseconds
        let seconds = nanoseconds / 1_000_000_000
        let rest = nanoseconds % 1_000_000_000
        return (seconds << 32) &+ (rest << 32) / 1_000_000_000
    }

    static func units(_ interval: Interval, clockRate: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: (interval.nanoseconds / 1_000) &* Int64(clockRate) / 1_000_000)
    }

    /// The wall clock of `timestamp`, which must be near the report.
    func ntp(of timestamp: UInt32, clockRate: UInt32) -> UInt64 {
        let units = Int64(Int32(bitPattern: timestamp &- rtp))
        return ntp &+ UInt64(bitPattern: (units << 32) / Int64(max(clockRate, 1)))
    }

    /// The timestamp at `wallClock`, which must be near the report; nothing when it is more than an hour away.
    func timestamp(at wallClock: UInt64, clockRate: UInt32) -> UInt32? {
        let difference = Int64(bitPattern: wallClock &- ntp)
        guard difference.magnitude < 3600 << 32 else { return nil }
        // 44 bits times 17 bits fit.
        return rtp &+ UInt32(truncatingIfNeeded: ((difference >> 8) &* Int64(clockRate)) >> 24)
    }
}
