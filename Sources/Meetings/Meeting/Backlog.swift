// SPDX-License-Identifier: Apache-2.0

import Base

/// What was broadcast lately, numbered, for those who resume.
struct Backlog: Sendable {
    private struct Entry: Sendable {
        let message: ServerMessage
        let size: Int
        let at: Moment
    }

    /// Numbers count up by one, so the oldest one's place tells all others.
    private var entries: ArraySlice<Entry> = []
    private var bytes = 0
    private let limits: MeetingLimits
    /// Of the last one; the first is 1.
    private(set) var sequence: UInt64 = 0

    init(limits: MeetingLimits) {
        self.limits = limits
    }

    /// Numbers a message and keeps it.
    mutating func append(size: Int, now: Moment, _ message: (UInt64) -> ServerMessage) -> ServerMessage {
        sequence += 1
        let message = message(sequence)
        entries.append(Entry(message: message, size: size, at: now))
        bytes += size
        forget(now: now)
        return message
    }

    mutating func forget(now: Moment) {
        while let oldest = entries.first,
            entries.count > limits.backlogEntries || bytes > limits.backlogBytes || oldest.at + limits.backlogAge < now
        {
            bytes -= oldest.size
            entries.removeFirst()
        }
    }

    /// All after that number, or nothing if some of it isn't kept any more or never was.
    func after(_ number: UInt64) -> [ServerMessage]? {
        guard number <= sequence, sequence - number <= UInt64(entries.count) else { return nil }
        return entries.suffix(Int(sequence - number)).map(\.message)
    }
}
