// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a node and a meeting hold at most, and how long they wait. The same for everyone.
public struct MeetingLimits: Sendable {
    /// Meetings on this node.
    public var meetings = 1_000
    /// Connections on this node, those that haven't joined yet included.
    public var connections = 20_000
    /// Participants in one meeting, those whose socket is cut included.
    public var participants = 200
    /// People who wait in one lobby.
    public var knocks = 100
    /// From the connection to its join.
    public var joinTimeout = Interval.seconds(10)
    /// How long a place is kept after the socket was cut.
    public var grace = Interval.seconds(30)
    /// The same after the client said that its page goes: a reload takes no longer, and most pages that go don't come back.
    public var away = Interval.seconds(10)
    /// How long a meeting without anyone is kept.
    public var emptyMeeting = Interval.seconds(60)
    /// From the announcement that the node stops to the closing of what is still open.
    public var drain = Interval.seconds(2)
    /// What a meeting may make the node send, in messages a second times receivers. ``DeliveryBudget``.
    public var deliveries = 8_000
    /// The same, at once.
    public var deliveryBurst = 40_000
    /// Public chat messages kept for those who come later.
    public var chatMessages = 200
    /// Their bytes.
    public var chatBytes = 256 * 1024
    /// Resume tokens of removed participants that a meeting remembers as void.
    public var voidTokens = 1_000
    /// Meetings that a host ended and that the node remembers as ended.
    public var endedMeetings = 10_000
    public var endedMemory = Interval.seconds(600)

    public init() {}
}
