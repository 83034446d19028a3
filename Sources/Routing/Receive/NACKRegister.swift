// SPDX-License-Identifier: Apache-2.0

import Base

/// The packets of one stream that are missing and asked for (RFC 4585 §6.2.1), at most ``capacity`` of them.
///
/// 1. A gap puts its numbers here; each waits ``grace`` so that mere reordering asks for nothing.
/// 2. It's asked for again every `retryInterval`, at most ``maximumTries`` times.
/// 3. Too many gaps at once, or a number given up: the caller asks for a keyframe instead.
struct NACKRegister {
    static let capacity = 256
    static let maximumTries: UInt8 = 10
    static let grace = Interval.milliseconds(5)

    struct Missing {
        var extendedSequenceNumber: UInt64
        var due: Moment
        var firstAsked: Moment
        var tries: UInt8
    }

    private let missing: UnsafeMutablePointer<Missing>
    private(set) var count = 0
    /// From asking to repair, smoothed; nothing until a first repair came.
    private(set) var roundTrip: Interval?
    /// The earliest `due`; meaningful when `count > 0`. May be early, never late.
    private(set) var nextDue = Moment(nanoseconds: .max)

    init() {
        missing = .allocate(capacity: NACKRegister.capacity)
    }

    func deallocate() {
        missing.deallocate()
    }

    var retryInterval: Interval {
        guard let roundTrip else { return .milliseconds(60) }
        return min(max(roundTrip + roundTrip / 4, .milliseconds(30)), .milliseconds(150))
    }

    mutating func removeAll() {
        count = 0
        nextDue = Moment(nanoseconds: .max)
    }

    /// `first..<end` didn't come. False: too many, the register gave up and is empty.
    mutating func noteGap(from first: UInt64, to end: UInt64, now: Moment) -> Bool {
        guard end > first, end &- first <= UInt64(NACKRegister.capacity &- count) else {
            removeAll()
            return false
        }
        let due = now + NACKRegister.grace
        for extended in first..<end {
            missing[count] = Missing(extendedSequenceNumber: extended, due: due, firstAsked: due, tries: 0)
            count &+= 1
        }
        nextDue = min(nextDue, due)
        return true
    }

    /// The packet came after all. True when it was missing.
    mutating func repaired(_ extended: UInt64, now: Moment) -> Bool {
        for index in 0..<count where missing[index].extendedSequenceNumber == extended {
            if missing[index].tries == 1 {
                let sample = now - missing[index].firstAsked
                roundTrip = roundTrip.map { ($0 * 7 + sample) / 8 } ?? sample
            }
            count &-= 1
            missing[index] = missing[count]
            if count == 0 { nextDue = Moment(nanoseconds: .max) }
            return true
        }
        return false
    }

    /// The numbers to ask for now, lowest first. What is older than `oldest` or was asked for too often is dropped;
    /// `gaveUp` tells whether anything was.
    mutating func takeDue(now: Moment, oldest: UInt64) -> (ask: [UInt64], gaveUp: Bool) {
        var ask: [UInt64] = []
        var gaveUp = false
        var index = 0
        var earliest = Moment(nanoseconds: .max)
        let interval = retryInterval
        while index < count {
            let entry = missing[index]
            if entry.extendedSequenceNumber < oldest || (entry.due <= now && entry.tries >= NACKRegister.maximumTries) {
                gaveUp = true
                count &-= 1
                missing[index] = missing[count]
                continue
            }
            if entry.due <= now {
                ask.append(entry.extendedSequenceNumber)
                if entry.tries == 0 { missing[index].firstAsked = now }
                missing[index].tries &+= 1
                missing[index].due = now + interval
            }
            earliest = min(earliest, missing[index].due)
            index &+= 1
        }
        nextDue = earliest
        ask.sort()
        return (ask, gaveUp)
    }
}
