// SPDX-License-Identifier: Apache-2.0

import Base

/// The ended meetings that a node remembers, each under every link that it had. The oldest ones are forgotten first.
struct EndedMeetings: Sendable {
    private var entries: [MeetingID: EndedMeeting] = [:]
    /// The keys of `entries`, oldest first.
    private var order: [MeetingID] = []
    private let maximum: Int

    init(maximum: Int) {
        self.maximum = maximum
    }

    func meeting(_ alias: MeetingID, now: Moment) -> EndedMeeting? {
        entries[alias].flatMap { $0.until > now ? $0 : nil }
    }

    mutating func insert(_ meeting: EndedMeeting, under aliases: [MeetingID]) {
        for alias in aliases {
            if entries.updateValue(meeting, forKey: alias) != nil { order.removeAll { $0 == alias } }
            order.append(alias)
        }
        while order.count > maximum { entries[order.removeFirst()] = nil }
    }

    /// - Returns: when to forget the next one.
    mutating func forget(now: Moment) -> Moment? {
        while let oldest = order.first, let past = entries[oldest], past.until <= now {
            order.removeFirst()
            entries[oldest] = nil
        }
        return order.first.flatMap { entries[$0]?.until }
    }
}
