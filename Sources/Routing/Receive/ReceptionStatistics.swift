// SPDX-License-Identifier: Apache-2.0

import Base

/// What a report block says about one stream (RFC 3550 §6.4.1, appendix A.3 and A.8). Trivial.
///
/// Retransmissions don't count as received (RFC 4588 §4): the report is about the path, not about its repair.
struct ReceptionStatistics {
    private var base: UInt64 = 0
    private var started = false
    private(set) var highest: UInt64 = 0
    private var received: UInt64 = 0
    private var expectedBefore: UInt64 = 0
    private var receivedBefore: UInt64 = 0
    /// In sixteenths of a timestamp unit.
    private var scaledJitter: Int64 = 0
    private var lastTransit: Int64 = 0
    private var lastTimestamp: UInt32 = 0

    /// Interarrival jitter in timestamp units.
    var jitter: UInt32 { UInt32(clamping: scaledJitter >> 4) }

    @inline(__always)
    mutating func packet(_ extended: UInt64, timestamp: UInt32, clockRate: UInt32, now: Moment) {
        // The clock in timestamp units; only differences count, so wrapping is harmless.
        let arrival = (now.nanoseconds / 1_000) &* Int64(clockRate) / 1_000_000
        if !started {
            started = true
            base = extended
            highest = extended
            lastTransit = arrival &- Int64(timestamp)
            lastTimestamp = timestamp
        } else {
            base = min(base, extended)
            highest = max(highest, extended)
            // Transit differences from wrapped timestamps: compare in 32 bits.
            let transit = UInt32(truncatingIfNeeded: arrival) &- timestamp
            let difference = Int64(Int32(bitPattern: transit &- UInt32(truncatingIfNeeded: lastTransit))).magnitude
            // A sender that jumps (replaced source, new clock) is not jitter.
            if timestamp != lastTimestamp, difference < UInt64(clockRate) {
                scaledJitter &+= Int64(difference) &- ((scaledJitter &+ 8) >> 4)
            }
            lastTransit = Int64(transit)
            lastTimestamp = timestamp
        }
        received &+= 1
    }

    var expected: UInt64 { started ? highest &- base &+ 1 : 0 }

    /// Packets lost since the beginning, clamped to the 24 signed bits of the report.
    var cumulativeLost: Int32 {
        let lost = Int64(clamping: expected) &- Int64(clamping: received)
        return Int32(clamping: min(max(lost, -0x80_0000), 0x7F_FFFF))
    }

    /// The loss since the last call, in 1/256.
    mutating func takeFractionLost() -> UInt8 {
        let expectedNow = expected &- expectedBefore
        let receivedNow = received &- receivedBefore
        expectedBefore = expected
        receivedBefore = received
        guard expectedNow > 0, expectedNow > receivedNow else { return 0 }
        return UInt8(clamping: ((expectedNow &- receivedNow) &* 256) / expectedNow)
    }
}
