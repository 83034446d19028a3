// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

struct TransportFeedbackTests {
    private func parse(_ bytes: [UInt8]) -> TransportFeedback? {
        guard case .transportFeedback(let feedback)? = bytes.withUnsafeBytes({ RTCPCompound.parse($0) }).first else {
            return nil
        }
        return feedback
    }

    private func feedback(_ deltas: [Int16?]) -> TransportFeedback {
        TransportFeedback(
            senderSSRC: 1,
            mediaSSRC: 2,
            baseSequenceNumber: 65_530,
            referenceTime: -3,
            feedbackCount: 255,
            deltas: deltas
        )
    }

    /// Header, ssrcs, base 1, `count` packets, reference time 0, then `rest`, padded with zeros.
    private func packet(count: UInt16, _ rest: [UInt8]) -> [UInt8] {
        var body: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 2, 0, 1, UInt8(count >> 8), UInt8(count & 0xFF), 0, 0, 0, 7] + rest
        while body.count % 4 != 0 { body.append(0) }
        return [0x8F, 205, 0, UInt8(body.count / 4)] + body
    }

    @Test("run-length and vector chunks are read as the draft draws them")
    func chunks() {
        // A run of 3 small deltas; a one-bit vector 1,0,…; a two-bit vector large, none, small.
        let bytes = packet(
            count: 3 + 14 + 3,
            [0x20, 0x03, 0xA0, 0x00, 0xE1, 0x00, 1, 2, 3, 4, 0xFF, 0xFE, 5]
        )
        let none: [Int16?] = Array(repeating: nil, count: 13)
        #expect(parse(bytes)?.deltas == [1, 2, 3, 4] + none + [-2, nil, 5])
        #expect(parse(bytes)?.feedbackCount == 7)
    }

    @Test("what is written reads back, whatever arrived")
    func roundTrip() {
        var randomness = SeededRandomness(seed: 3)
        let shapes: [[Int16?]] = [
            [], [0], [nil], [255], [256], [-1], Array(repeating: 4, count: 8_192), Array(repeating: nil, count: 20),
            Array(repeating: -400, count: 7) + [1],
        ]
        for shape in shapes {
            let written = RTCPCompound.write([.transportFeedback(feedback(shape))])
            #expect(written.count % 4 == 0)
            #expect(parse(written) == feedback(shape))
        }
        for _ in 0..<500 {
            let deltas: [Int16?] = (0..<Int.random(in: 1...200, using: &randomness)).map { _ in
                switch UInt8.random(in: 0..<8, using: &randomness) {
                case 0...1: nil
                case 2: Int16.random(in: .min ... .max, using: &randomness)
                default: Int16.random(in: 0...255, using: &randomness)
                }
            }
            #expect(parse(RTCPCompound.write([.transportFeedback(feedback(deltas))])) == feedback(deltas))
        }
    }

    @Test("a long run costs one chunk")
    func compact() {
        let lost = RTCPCompound.write([.transportFeedback(feedback(Array(repeating: nil, count: 5_000) + [0]))])
        #expect(lost.count <= 28)
    }

    @Test("reserved symbols, empty runs, missing chunks and missing deltas are refused")
    func refused() {
        #expect(parse(packet(count: 2, [0x60, 0x02])) == nil)
        #expect(parse(packet(count: 2, [0x20, 0x00, 0x20, 0x02, 1, 2])) == nil)
        #expect(parse(packet(count: 1, [0xF0, 0x00])) == nil)
        #expect(parse(packet(count: 40, [0x20, 0x02, 0x20, 0x02])) == nil)
        #expect(parse(packet(count: 6, [0x20, 0x06])) == nil)
        #expect(parse(packet(count: 0xFFFF, [0x1F, 0xFF])) == nil)
    }

    @Test("arrivals become deltas from a reference of 64 ms, without drift")
    func make() throws {
        let start = Moment(nanoseconds: 64_000_000 * 5 + 1_000_000)
        let arrivals = [0, 1, 3].map { index in
            TransportFeedback.Arrival(
                sequenceNumber: 0x1_FFFF + UInt64(index),
                moment: start + .microseconds(333 * Int64(index))
            )
        }
        let (feedback, taken) = try #require(
            TransportFeedback.make(senderSSRC: 1, mediaSSRC: 2, feedbackCount: 0, arrivals: arrivals)
        )
        #expect(taken == 3)
        #expect(feedback.baseSequenceNumber == 0xFFFF)
        #expect(feedback.referenceTime == 5)
        #expect(feedback.deltas == [4, 1, nil, 2])
    }

    @Test("a report ends where its deltas or its span would not fit, and the rest is the next report's")
    func split() throws {
        let moments: [(UInt64, Int64)] = [(1, 0), (2, 1), (3, 60_000), (2_000, 60_001)]
        let arrivals = moments.map {
            TransportFeedback.Arrival(sequenceNumber: $0.0, moment: Moment(nanoseconds: $0.1 * 1_000_000))
        }
        var rest = arrivals[...]
        var counts: [Int] = []
        while let made = TransportFeedback.make(senderSSRC: 1, mediaSSRC: 2, feedbackCount: 0, arrivals: rest) {
            counts.append(made.taken)
            rest = rest.dropFirst(made.taken)
        }
        #expect(counts == [2, 1, 1])
    }

    @Test("reordered arrivals have negative deltas, and clocks before their origin work")
    func negative() throws {
        let arrivals = [(10, -1), (11, -3)].map {
            TransportFeedback.Arrival(
                sequenceNumber: UInt64($0.0),
                moment: Moment(nanoseconds: Int64($0.1) * 1_000_000)
            )
        }
        let (feedback, _) = try #require(
            TransportFeedback.make(senderSSRC: 1, mediaSSRC: 2, feedbackCount: 0, arrivals: arrivals)
        )
        #expect(feedback.referenceTime == -1)
        #expect(feedback.deltas == [252, -8])
        #expect(parse(RTCPCompound.write([.transportFeedback(feedback)])) == feedback)
    }
}
