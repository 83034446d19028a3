// SPDX-License-Identifier: Apache-2.0

import Base
import Testing
import Transport

@testable import Participant

@Suite("What a participant hears")
struct ReceivedStreamTests {
    private func stream() -> ReceivedStream {
        ReceivedStream(
            ssrc: 1,
            track: TrackID(participant: FrameGroup.ana, source: .microphone),
            codec: .opus
        )
    }

    private func deliver(_ number: UInt16, to stream: ReceivedStream, rtx: Bool = false, at now: Moment) {
        let header = RTPHeader(marker: false, payloadType: 111, sequenceNumber: number, timestamp: 0, ssrc: 1)
        [UInt8](repeating: 0, count: 40).withUnsafeBytes {
            stream.receive($0, header: header, extended: UInt64(number), wasRetransmitted: rtx, now: now)
        }
    }

    @Test("a gap is asked for after a little patience, again later, and given up in the end")
    func gap() {
        let stream = stream()
        var now = Moment(nanoseconds: 0)
        deliver(1, to: stream, at: now)
        deliver(4, to: stream, at: now)
        #expect(stream.dueNACK(now: now).isEmpty)
        now = now + .milliseconds(10)
        #expect(stream.dueNACK(now: now) == [2, 3])
        #expect(stream.dueNACK(now: now).isEmpty)
        deliver(2, to: stream, rtx: true, at: now)
        #expect(stream.statistics.recovered == 1)
        for _ in 0..<20 {
            now = now + .milliseconds(40)
            _ = stream.dueNACK(now: now)
        }
        #expect(stream.statistics.lost == 1)
        #expect(stream.dueNACK(now: now + .seconds(1)).isEmpty)
    }

    @Test("a duplicate counts once")
    func duplicate() {
        let stream = stream()
        deliver(1, to: stream, at: Moment(nanoseconds: 0))
        deliver(1, to: stream, at: Moment(nanoseconds: 0))
        #expect(stream.statistics.packets == 1)
    }

    @Test("a jump of thousands costs a bounded list")
    func jump() {
        let stream = stream()
        deliver(1, to: stream, at: Moment(nanoseconds: 0))
        deliver(20_000, to: stream, at: Moment(nanoseconds: 0))
        #expect(stream.dueNACK(now: Moment(nanoseconds: 1_000_000_000)).count == 256)
    }

    @Test("percentiles come from the bucket that holds them")
    func histogram() throws {
        var histogram = LatencyHistogram()
        #expect(histogram.microseconds(at: 0.5) == nil)
        for _ in 0..<99 { histogram.record(.microseconds(100)) }
        histogram.record(.milliseconds(50))
        let median = try #require(histogram.microseconds(at: 0.5))
        #expect((100...106).contains(median))
        let worst = try #require(histogram.microseconds(at: 1))
        #expect((50_000...53_000).contains(worst))
    }
}
