// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram

/// The clocks of the media threads. Logic never sees these, only the ``Moment`` that was read once for a batch.
enum MediaClock {
    static func now() -> Moment { Moment(nanoseconds: cdatagram_monotonic()) }
}
