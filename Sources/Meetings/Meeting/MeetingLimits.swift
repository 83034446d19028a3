// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a node and a meeting hold at most, and how long they wait. The same for everyone.
public struct MeetingLimits: Sendable {
    /// Meetings on this node.
    public var meetings = 1_000
    /// Connections on this node, those that haven't joined yet included.
    public var connections = 20_000
    /// Members of one meeting's group, those whose socket is cut included.
    public var participants = 500
    /// People who have knocked at one meeting.
    public var knocks = 100
    /// Connections at the door of one meeting, those that have knocked included.
    public var outsiders = 500
    /// Earlier links of one meeting that still knock.
    public var olderLinks = 64
    /// From the connection to its join.
    public var joinTimeout = Interval.seconds(10)
    /// How long somebody may stand at the door without doing anything.
    public var doorTimeout = Interval.seconds(30)
    /// From the cut of a socket to the node's asking for the removal.
    public var grace = Interval.seconds(15)
    /// The same after the client said that its page goes: a reload takes no longer, and most pages that go don't come back.
    public var away = Interval.seconds(10)
    /// How long an accepted commit may be refused by the others.
    public var contest = Interval.seconds(10)
    /// How long a meeting without anyone is kept.
    public var emptyMeeting = Interval.seconds(60)
    /// From the announcement that the node stops to the closing of what is still open.
    public var drain = Interval.seconds(2)
    /// What a meeting may make the node send, in KiB a second times receivers. ``DeliveryBudget``. A hundred people who come
    /// within five seconds to a hundred others take half of the burst.
    public var deliveries = 50_000
    /// The same, at once.
    public var deliveryBurst = 1_000_000
    /// Broadcasts that are kept for those who resume.
    public var backlogEntries = 2_000
    /// Their bytes, as they travel.
    public var backlogBytes = 4 * 1024 * 1024
    public var backlogAge = Interval.seconds(60)
    /// Resume tokens of removed participants that a meeting remembers as void.
    public var voidTokens = 1_000
    /// Links of meetings that a host ended and that the node remembers as ended.
    public var endedMeetings = 10_000
    public var endedMemory = Interval.seconds(600)

    public init() {}
}
