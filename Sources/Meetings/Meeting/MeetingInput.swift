// SPDX-License-Identifier: Apache-2.0

/// What happens to a meeting.
public enum MeetingInput: Sendable {
    /// A connection that belongs to no participant yet wants to join.
    case join(ConnectionID, JoinRequest)
    /// Anything else from a connection that joined or waits.
    case message(ConnectionID, ClientMessage)
    /// The socket is gone, for whatever reason.
    case disconnected(ConnectionID)
    case media(MediaEvent)
    /// ``Meeting/nextDeadline`` has come.
    case timeout
    /// The node will stop soon.
    case drain
    /// The node stops now.
    case stop
}
