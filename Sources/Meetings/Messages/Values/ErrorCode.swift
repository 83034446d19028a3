// SPDX-License-Identifier: Apache-2.0

/// What was wrong with one message. The connection and the meeting go on.
public enum ErrorCode: String, Error, Hashable, Sendable, CaseIterable {
    /// Not JSON as we read it, a member missing, of the wrong kind or out of its range.
    case malformed
    /// More than 1 MiB, more nesting or values than a message may have, or a part that is too long.
    case tooLarge
    /// No message is called that.
    case unknownType
    /// Another version of the protocol.
    case version
    /// Not now: before joining, joining twice, from outside or from inside, an answer to no offer, an offer before the last
    /// was answered.
    case outOfOrder
    /// Not with this role, or not with an older link.
    case notAllowed
    /// Too many messages of this kind.
    case rate
    /// The media plane refused the session description.
    case sdp
    /// Nobody of that id is here, or waits.
    case noSuchParticipant
    /// The meeting holds as many participants as it may.
    case full
    /// The commit or message is of another epoch: somebody was faster.
    case stale
    /// The commit isn't one that everybody could follow; the detail names the rule.
    case commit
    /// The others refused the last commit of this author; it is for somebody else to leave this epoch.
    case barred
    /// The group can't be a room; the detail names the rule.
    case found
    /// Not a proposal that may be made in this way; the detail names the rule.
    case proposal
    /// Not a refusal of the newest commit by one of its witnesses.
    case refusal
}
