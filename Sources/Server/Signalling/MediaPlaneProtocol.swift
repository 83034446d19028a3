// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings

/// What the control plane needs of the media plane; tests bring their own.
protocol MediaPlaneProtocol: Sendable {
    /// For one consumer; ends with ``stop()``.
    var events: AsyncStream<(MeetingID, MediaEvent)> { get }
    /// Commands of one meeting take effect in order.
    func perform(_ command: MediaCommand, in meeting: MeetingID)
    /// Returns when nothing is sent any more.
    func stop()
}
