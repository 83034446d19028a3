// SPDX-License-Identifier: Apache-2.0

/// The limits that may close or refuse a connection. None looks at who it is.
public enum UniformLimit: String, Hashable, Sendable, CaseIterable {
    /// ``MeetingLimits/participants``.
    case participants
    /// ``MeetingLimits/knocks``.
    case knocks
    /// ``MeetingLimits/outsiders``.
    case outsiders
    /// ``MeetingLimits/meetings``.
    case meetings
    /// ``MeetingLimits/connections``.
    case connections
    /// ``MeetingLimits/joinTimeout``.
    case joinTimeout
    /// ``MeetingLimits/doorTimeout``.
    case doorTimeout
    /// ``MeetingLimits/grace``.
    case grace
    /// ``MeetingLimits/backlogEntries`` and what belongs to it.
    case backlog
    /// ``MeetingLimits/deliveries``.
    case deliveries
    /// ``MeetingLimits/emptyMeeting``.
    case emptyMeeting
    /// Too many messages, or too many that can't be read or followed, for too long.
    case rate
    /// The client doesn't read what it is sent. Applied by whoever owns the socket.
    case slowReader
    /// A frame larger than a message may be. Applied by whoever owns the socket.
    case messageSize
}
