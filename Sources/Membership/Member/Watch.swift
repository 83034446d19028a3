// SPDX-License-Identifier: Apache-2.0

import Base

/// When to say that we are here, and when to look whether the others are.
struct Watch: Sendable {
    static let interval = Interval.seconds(10)
    static let lookEvery = Interval.seconds(2)
    /// With what is looked at every two seconds, half a minute.
    static let silence = Interval.seconds(28)

    var nextHeartbeat: Moment?
    var nextLook: Moment?
    /// When to ask somebody who is here, if names are still missing.
    var askAt: Moment?
    var asked: UInt32 = 0
    var counts = FrameCounts(sealed: [], received: [])
    /// Messages in a row that didn't open.
    var unreadable = 0

    /// Hosts and the committer every ten seconds, the others together at most five times a second.
    static func interval(isLeading: Bool, members: Int) -> Interval {
        isLeading ? interval : max(interval, Interval.milliseconds(Int64(members) * 200))
    }

    /// Two heartbeats may get lost, or be late behind commits.
    static func patience(isLeading: Bool, members: Int) -> Interval {
        max(silence, interval(isLeading: isLeading, members: members) * 14 / 5)
    }
}
