// SPDX-License-Identifier: Apache-2.0

import Routing

/// Datagrams to one peer that lie back to back and can leave as one message, cut by the kernel (UDP_SEGMENT): all of one
/// length but the last, which may be shorter.
struct SegmentRun: Equatable {
    /// UDP_MAX_SEGMENTS of kernels before 6.9, and what a 16-bit UDP length holds after the headers.
    static let maximumSegments = 64
    static let maximumBytes = 65_000

    var peer: PeerHandle
    var offset: Int
    var length: Int
    var count: Int
    /// The length of each datagram; zero for a single one, which needs no cutting.
    var segment: Int

    /// The longest run that starts at entry `first`.
    @inline(__always)
    static func next(in entries: UnsafeBufferPointer<TransmitQueue.Entry>, from first: Int) -> SegmentRun {
        let head = entries[first]
        var run = SegmentRun(
            peer: head.peer,
            offset: Int(head.offset),
            length: Int(head.length),
            count: 1,
            segment: 0
        )
        var index = first + 1
        while index < entries.count, run.count < maximumSegments {
            let entry = entries[index]
            guard entry.peer == head.peer, Int(entry.offset) == run.offset + run.length, entry.length <= head.length,
                run.length + Int(entry.length) <= maximumBytes
            else { break }
            run.length += Int(entry.length)
            run.count += 1
            index += 1
            if entry.length < head.length { break }
        }
        if run.count > 1 { run.segment = Int(head.length) }
        return run
    }
}
