// SPDX-License-Identifier: Apache-2.0

import Base
import Dispatch

extension Moment {
    /// The machine's monotonic clock. Only the edges ask it.
    static var monotonic: Moment {
        Moment(nanoseconds: Int64(truncatingIfNeeded: DispatchTime.now().uptimeNanoseconds))
    }
}
