// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// When a publisher's packets came, for transport-wide feedback: the last 1,024 numbers, whatever arrives.
///
/// A report goes from where the last one ended to the highest number that arrived. A packet that comes later than that is
/// not reported again.
struct ArrivalLog {
    static let interval = Interval.milliseconds(80)
    private static let mask: UInt64 = 1023
    private static let absent = Int64.min

    private let arrivals: UnsafeMutablePointer<Int64>
    private var next: UInt64 = 0
    private var highest: UInt64 = 0
    private var hasStarted = false
    private var feedbackCount: UInt8 = 0
    /// When to report; nothing new came when it is `nil`.
    private(set) var due: Moment?

    init() {
        arrivals = .allocate(capacity: Int(ArrivalLog.mask) + 1)
        arrivals.initialize(repeating: ArrivalLog.absent, count: Int(ArrivalLog.mask) + 1)
    }

    func deallocate() {
        arrivals.deallocate()
    }

    @inline(__always)
    mutating func note(_ sequenceNumber: UInt16, now: Moment) {
        guard hasStarted else {
            // Far from zero, so that reordering at the beginning doesn't go below it.
            next = UInt64(sequenceNumber) &+ 1 << 16
            highest = next
            hasStarted = true
            record(next, now)
            return
        }
        guard let number = extend(sequenceNumber, near: highest) else { return }
        if number > highest {
            if number &- highest > ArrivalLog.mask {
                arrivals.update(repeating: ArrivalLog.absent, count: Int(ArrivalLog.mask) + 1)
                next = number
            } else {
                var skipped = highest &+ 1
                while skipped < number {
                    arrivals[Int(skipped & ArrivalLog.mask)] = ArrivalLog.absent
                    skipped &+= 1
                }
            }
            highest = number
            if highest &- next > ArrivalLog.mask { next = highest &- ArrivalLog.mask }
            record(number, now)
        } else if number >= next, arrivals[Int(number & ArrivalLog.mask)] == ArrivalLog.absent {
            record(number, now)
        }
    }

    @inline(__always)
    private mutating func record(_ number: UInt64, _ now: Moment) {
        arrivals[Int(number & ArrivalLog.mask)] = now.nanoseconds
        if due == nil { due = now + ArrivalLog.interval }
    }

    /// Sequence numbers in one report at most: it stays far below 1,200 bytes whatever arrived.
    private static let longestReport: UInt64 = 400

    /// The reports on everything since the last call; usually one.
    mutating func takeFeedback(senderSSRC: UInt32, mediaSSRC: UInt32) -> [RTCPPacket] {
        guard due != nil else { return [] }
        due = nil
        var packets: [RTCPPacket] = []
        while next <= highest {
            guard let first = (next...highest).first(where: { arrival($0) != ArrivalLog.absent }) else { break }
            // What was lost at the seam belongs to this report, unless that alone would fill it.
            if first &- next >= ArrivalLog.longestReport / 2 { next = first }
            let reference = arrival(first) / TransportFeedback.referenceTick.nanoseconds
            var feedback = TransportFeedback(
                senderSSRC: senderSSRC,
                mediaSSRC: mediaSSRC,
                baseSequenceNumber: UInt16(truncatingIfNeeded: next),
                // 24 bits, signed.
                referenceTime: (Int32(truncatingIfNeeded: reference) << 8) >> 8,
                feedbackCount: feedbackCount,
                deltas: []
            )
            let end = min(highest, next &+ ArrivalLog.longestReport &- 1)
            feedback.deltas.reserveCapacity(Int(end &- next &+ 1))
            // Measured from the reference in whole ticks, so that rounding doesn't add up.
            let origin = reference &* TransportFeedback.referenceTick.nanoseconds
            var ticks: Int64 = 0
            while next <= end {
                let arrived = arrival(next)
                if arrived == ArrivalLog.absent {
                    feedback.deltas.append(nil)
                } else {
                    let now = (arrived &- origin) / TransportFeedback.tick.nanoseconds
                    // A longer pause than a delta can say begins another report.
                    guard let delta = Int16(exactly: now &- ticks) else { break }
                    feedback.deltas.append(delta)
                    ticks = now
                }
                next &+= 1
            }
            feedbackCount &+= 1
            packets.append(.transportFeedback(feedback))
        }
        next = highest &+ 1
        return packets
    }

    private func arrival(_ number: UInt64) -> Int64 { arrivals[Int(number & ArrivalLog.mask)] }
}
