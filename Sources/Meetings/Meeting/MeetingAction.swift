// SPDX-License-Identifier: Apache-2.0

import Base

/// What a meeting wants done, in order.
enum MeetingAction: Equatable, Sendable {
    /// One message to several connections: it needs to be written only once.
    case send(ServerMessage, to: [ConnectionID])
    /// After what was sent to it before. The meeting knows the connection no more.
    case close(ConnectionID, CloseReason, because: Cause)
    case media(MediaCommand)
    /// The connection has sent what no client of ours does: it takes of its patience.
    case offended(ConnectionID)
    /// From now on the meeting is also found by this alias, or no longer.
    case alias(MeetingID, leadsHere: Bool)
    /// Forget this meeting.
    case ended(because: Cause)
}
