// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

extension Forwarder {
    /// Starts to forward `stream` at the packet `start`, which is stored: the numbers go on where they were.
    func begin(_ stream: UnsafeMutablePointer<StreamState>, at start: UInt64, now: Moment) {
        let record = stream.pointee.ring.record(start).pointee
        let former = state.pointee.segments + state.pointee.segment
        let timestampDelta = timestampDelta(for: record, of: stream, after: former.pointee, now: now)
        endSegment()
        state.pointee.segment = (state.pointee.segment + 1) % OutboundState.segmentCount
        state.pointee.current = stream
        (state.pointee.segments + state.pointee.segment).pointee = Segment(
            stream: stream,
            firstIn: start,
            lastIn: .max,
            firstOut: state.pointee.next,
            sequenceDelta: state.pointee.next &- start,
            timestampDelta: timestampDelta,
            pictureIDDelta: state.pointee.lastPictureID &+ 1 &- record.counters.pictureID,
            tl0Delta: state.pointee.lastTL0 &+ 1 &- record.counters.tl0
        )
        state.pointee.hasSent = true
    }

    /// Forwards nothing more of the current stream, except late packets up to the last one sent.
    func endSegment() {
        guard state.pointee.current != nil else { return }
        state.pointee.current = nil
        let segment = state.pointee.segments + state.pointee.segment
        segment.pointee.lastIn = state.pointee.next &- 1 &- segment.pointee.sequenceDelta
        // Nothing was sent: nothing is left of it.
        if state.pointee.next == segment.pointee.firstOut { segment.pointee.stream = nil }
    }

    /// The stream's memory is about to hold something else.
    func forget(_ stream: UnsafeMutablePointer<StreamState>) {
        if state.pointee.current == stream { endSegment() }
        if state.pointee.target == stream { state.pointee.target = nil }
        for index in 0..<OutboundState.segmentCount where state.pointee.segments[index].stream == stream {
            state.pointee.segments[index].stream = nil
        }
    }

    /// Timestamps go on as the publisher's clock did. In order of trust: the same stream's own timestamps; both streams'
    /// sender reports; the time that passed here.
    private func timestampDelta(
        for record: PacketRecord,
        of stream: UnsafeMutablePointer<StreamState>,
        after former: Segment,
        now: Moment
    ) -> UInt32 {
        let highest = state.pointee.highestTimestamp
        guard state.pointee.hasSent else { return highest &- record.timestamp }
        let rate = state.pointee.clockRate
        let elapsed = now - state.pointee.highestTimestampAt
        var timestamp = highest &+ ClockMapping.units(elapsed, clockRate: rate)
        if former.stream == stream {
            timestamp = near(record.timestamp &+ former.timestampDelta, timestamp, within: rate * 10)
        } else if let old = former.stream?.pointee.senderReport, let new = stream.pointee.senderReport,
            let mapped = old.timestamp(at: new.ntp(of: record.timestamp, clockRate: rate), clockRate: rate)
        {
            timestamp = near(mapped &+ former.timestampDelta, timestamp, within: rate)
        }
        // Strictly later than anything sent, by ten milliseconds at least when the clocks disagree.
        if Int32(bitPattern: timestamp &- highest) <= 0 { timestamp = highest &+ rate / 100 }
        return timestamp &- record.timestamp
    }

    private func near(_ candidate: UInt32, _ estimate: UInt32, within limit: UInt32) -> UInt32 {
        Int32(bitPattern: candidate &- estimate).magnitude <= limit ? candidate : estimate
    }
}
