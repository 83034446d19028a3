// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the signalling side wants done, in order.
public enum DirectoryAction: Equatable, Sendable {
    /// One message to several connections: it needs to be written only once.
    case send(ServerMessage, to: [ConnectionID])
    /// After what was sent to it before. The directory knows the connection no more.
    case close(ConnectionID, CloseReason, because: Cause)
    case media(MediaCommand, in: MeetingID)
    /// A meeting is over and forgotten.
    case ended(MeetingID, because: Cause)
    /// After ``DirectoryInput/drain``: nothing is open any more.
    case drained
}
