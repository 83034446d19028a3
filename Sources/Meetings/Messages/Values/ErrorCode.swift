// SPDX-License-Identifier: Apache-2.0

/// What was wrong with one message. The connection and the meeting go on.
public enum ErrorCode: String, Error, Hashable, Sendable, CaseIterable {
    /// Not JSON as we read it, a member missing, of the wrong kind or out of its range.
    case malformed
    /// More than 256 KiB, or more nesting or values than a message may have.
    case tooLarge
    /// No message is called that.
    case unknownType
    /// Another version of the protocol.
    case version
    /// A name that isn't one.
    case name
    /// Not now: before joining, joining twice, while waiting, an answer to no offer, an offer before the last was answered.
    case outOfOrder
    /// Not with this role, or not to this participant.
    case notAllowed
    /// Too many messages of this kind.
    case rate
    /// The media plane refused the session description.
    case sdp
    /// Nobody of that id is here, or waits.
    case noSuchParticipant
    /// The meeting holds as many participants as it may.
    case full
}
