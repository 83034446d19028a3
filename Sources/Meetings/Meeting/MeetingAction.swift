// SPDX-License-Identifier: Apache-2.0

/// What a meeting wants done, in order.
public enum MeetingAction: Equatable, Sendable {
    /// One message to several connections: it needs to be written only once.
    case send(ServerMessage, to: [ConnectionID])
    /// After what was sent to it before. The meeting knows the connection no more.
    case close(ConnectionID, CloseReason, because: Cause)
    case media(MediaCommand)
    /// Forget this meeting.
    case ended(because: Cause)
}
