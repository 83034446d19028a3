// SPDX-License-Identifier: Apache-2.0

public import Membership

/// Why a headless participant can't go on.
public enum ParticipantError: Error, Hashable {
    /// No connection, or no WebSocket at the other end.
    case unreachable
    /// The meeting is over for this participant, and why; the word is the node's, where it gave one.
    case over(MemberEvent.Ending, String)
    /// The node answered a request with an `error`; its code.
    case error(String)
    /// The node sent something that is not in the protocol.
    case protocolViolation
    /// No UDP socket, no thread, no key: the machine's limits.
    case resources
    /// The peer connection was not established, or was lost.
    case media
    /// A condition did not come true in time.
    case timeout
}
