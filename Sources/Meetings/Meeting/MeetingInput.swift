// SPDX-License-Identifier: Apache-2.0

import Base

/// What happens to a meeting.
enum MeetingInput<Crypto: CryptoProvider>: Sendable {
    /// The connection that founded it is its first member.
    case founded(ConnectionID)
    /// A connection that is nowhere yet has a link of this meeting.
    case join(ConnectionID, JoinRequest, Newcomer<Crypto>)
    /// Anything else from a connection that is inside or at the door.
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
