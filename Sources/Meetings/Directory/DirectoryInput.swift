// SPDX-License-Identifier: Apache-2.0

public import Base

/// What happens on a node's signalling side.
public enum DirectoryInput: Sendable {
    case connected(ConnectionID)
    /// A text frame.
    case received(ConnectionID, [UInt8])
    /// The socket is gone. Not needed after an action closed it, and harmless then.
    case disconnected(ConnectionID)
    case media(MeetingID, MediaEvent)
    /// ``MeetingDirectory/nextDeadline`` has come.
    case timeout
    /// The node stops soon: nobody new gets in, everybody is told, and after ``MeetingLimits/drain`` all is closed.
    case drain
}
