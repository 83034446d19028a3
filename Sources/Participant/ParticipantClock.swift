// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Glibc

/// The two clocks of a participant.
enum ParticipantClock {
    /// The media loop's too.
    static var now: Moment { Moment(nanoseconds: cdatagram_monotonic()) }

    /// Milliseconds since 1970.
    static var wall: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
