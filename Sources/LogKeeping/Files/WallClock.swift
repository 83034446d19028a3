// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transparency

/// The machine's clocks. Only the edges ask them.
public enum WallClock {
    /// The time of day. Before 1970 (a machine whose clock was never set) it is 1970, which a witness doesn't sign.
    public static var now: CosignatureTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return CosignatureTime(clamping: time.tv_sec)
    }
}
