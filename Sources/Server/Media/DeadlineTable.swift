// SPDX-License-Identifier: Apache-2.0

import Base

/// When each of many small machines wants to be woken.
///
/// A dense row of moments instead of a heap: moving a deadline later (what nearly every packet does) costs one store, and
/// finding the due ones is a scan of 8 bytes each that happens only when ``next`` has passed. ``next`` may be too early,
/// never too late.
struct DeadlineTable {
    private static let never = Int64.max

    private var deadlines: ContiguousArray<Int64> = []
    private(set) var earliest = never

    /// When to look next; nothing when nobody waits.
    var next: Moment? { earliest == Self.never ? nil : Moment(nanoseconds: earliest) }

    mutating func set(_ index: Int, _ deadline: Moment?) {
        guard index >= 0 else { return }
        while deadlines.count <= index { deadlines.append(Self.never) }
        let value = deadline?.nanoseconds ?? Self.never
        deadlines[index] = value
        if value < earliest { earliest = value }
    }

    /// Removes what is due and appends its indices to `due`.
    mutating func collect(now: Moment, into due: inout ContiguousArray<Int>) {
        guard earliest <= now.nanoseconds else { return }
        var least = Self.never
        for index in deadlines.indices {
            let value = deadlines[index]
            if value <= now.nanoseconds {
                deadlines[index] = Self.never
                due.append(index)
            } else if value < least {
                least = value
            }
        }
        earliest = least
    }
}
