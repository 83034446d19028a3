// SPDX-License-Identifier: Apache-2.0

public import Base
import Glibc

/// The machine's clock that is never set.
public enum MonotonicClock {
    public static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
