// SPDX-License-Identifier: Apache-2.0

public import Base

/// When each packet of a connection arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).
///
/// Chunks and deltas are written and read in `TransportFeedbackChunk.swift`.
public struct TransportFeedback: Hashable, Sendable {
    public var senderSSRC: UInt32
    public var mediaSSRC: UInt32
    /// The first packet that is reported on; each entry of ``deltas`` is the next one.
    public var baseSequenceNumber: UInt16
    /// Multiples of 64 ms on the receiver's own clock, 24 bits signed.
    public var referenceTime: Int32
    /// Counts feedback packets.
    public var feedbackCount: UInt8
    /// Since the arrival before (the first: since ``referenceTime``), in 250 µs; `nil` for a packet that didn't arrive.
    public var deltas: [Int16?]

    /// Longer reports are neither made nor believed: run-length chunks would turn few bytes into much work.
    public static let maximumPackets = 8_192
    public static let tick = Interval.microseconds(250)
    public static let referenceTick = Interval.milliseconds(64)

    public init(
        senderSSRC: UInt32,
        mediaSSRC: UInt32,
        baseSequenceNumber: UInt16,
        referenceTime: Int32,
        feedbackCount: UInt8,
        deltas: [Int16?]
    ) {
        self.senderSSRC = senderSSRC
        self.mediaSSRC = mediaSSRC
        self.baseSequenceNumber = baseSequenceNumber
        self.referenceTime = referenceTime
        self.feedbackCount = feedbackCount
        self.deltas = deltas
    }

    /// A packet that arrived.
    public struct Arrival: Hashable, Sendable {
        /// The transport-wide sequence number without roll-over.
        public var sequenceNumber: UInt64
        public var moment: Moment

        @inlinable
        public init(sequenceNumber: UInt64, moment: Moment) {
            self.sequenceNumber = sequenceNumber
            self.moment = moment
        }
    }

    /// Reports the first arrivals of `arrivals`, as many as one packet can express.
    ///
    /// - Parameter arrivals: by ascending sequence number, each number once. Not empty.
    /// - Parameter maximumPackets: sequence numbers to span at most; 500 keep the packet well below 1,200 bytes
    ///   whatever arrived.
    /// - Returns: the report and how many arrivals it took, or `nil` without arrivals.
    public static func make(
        senderSSRC: UInt32,
        mediaSSRC: UInt32,
        feedbackCount: UInt8,
        arrivals: some RandomAccessCollection<Arrival>,
        maximumPackets: Int = 400
    ) -> (feedback: TransportFeedback, taken: Int)? {
        guard let first = arrivals.first else { return nil }
        let span = UInt64(min(max(maximumPackets, 1), TransportFeedback.maximumPackets))
        let reference = floorDivide(first.moment.nanoseconds, referenceTick.nanoseconds)
        var feedback = TransportFeedback(
            senderSSRC: senderSSRC,
            mediaSSRC: mediaSSRC,
            baseSequenceNumber: UInt16(truncatingIfNeeded: first.sequenceNumber),
            referenceTime: (Int32(truncatingIfNeeded: reference) << 8) >> 8,
            feedbackCount: feedbackCount,
            deltas: []
        )
        // Measured from the reference in whole ticks, so that rounding doesn't add up.
        let origin = reference &* referenceTick.nanoseconds
        var ticks: Int64 = 0
        var next = first.sequenceNumber
        var taken = 0
        for arrival in arrivals {
            guard arrival.sequenceNumber >= next, arrival.sequenceNumber &- first.sequenceNumber < span else { break }
            let now = floorDivide(arrival.moment.nanoseconds &- origin, tick.nanoseconds)
            guard let delta = Int16(exactly: now &- ticks) else { break }
            while next < arrival.sequenceNumber {
                feedback.deltas.append(nil)
                next += 1
            }
            feedback.deltas.append(delta)
            next += 1
            ticks = now
            taken += 1
        }
        return (feedback, taken)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    init?(_ reader: inout ByteReader) {
        guard let sender = reader.readUInt32(), let media = reader.readUInt32(), let base = reader.readUInt16(),
            let count = reader.readUInt16(), let reference = reader.readUInt24(),
            let feedbackCount = reader.readUInt8(),
            Int(count) <= TransportFeedback.maximumPackets,
            let symbols = TransportFeedbackChunk.readSymbols(count: Int(count), &reader)
        else { return nil }
        senderSSRC = sender
        mediaSSRC = media
        baseSequenceNumber = base
        referenceTime = Int32(bitPattern: reference << 8) >> 8
        self.feedbackCount = feedbackCount
        deltas = []
        deltas.reserveCapacity(symbols.count)
        for symbol in symbols {
            switch symbol {
            case .notReceived:
                deltas.append(nil)
            case .smallDelta:
                guard let delta = reader.readUInt8() else { return nil }
                deltas.append(Int16(delta))
            case .largeDelta:
                guard let delta = reader.readUInt16() else { return nil }
                deltas.append(Int16(bitPattern: delta))
            }
        }
    }

    public func write(into writer: inout ByteWriter) {
        let deltas = deltas.prefix(TransportFeedback.maximumPackets)
        writer.writeRTCP(
            packetType: RTCPHeader.PacketType.transportFeedback,
            count: RTCPHeader.Format.transportWide
        ) { body in
            body.write(senderSSRC)
            body.write(mediaSSRC)
            body.write(baseSequenceNumber)
            body.write(UInt16(deltas.count))
            body.writeUInt24(UInt32(bitPattern: referenceTime) & 0xFF_FFFF)
            body.write(feedbackCount)
            TransportFeedbackChunk.writeSymbols(deltas.map(TransportFeedbackChunk.Symbol.init(delta:)), &body)
            for case .some(let delta) in deltas {
                if let small = UInt8(exactly: delta) {
                    body.write(small)
                } else {
                    body.write(UInt16(bitPattern: delta))
                }
            }
        }
    }
}
