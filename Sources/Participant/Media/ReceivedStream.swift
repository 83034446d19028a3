// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// One SSRC that a participant receives: what came, what is missing, what to say about it in RTCP.
///
/// Confined to the media loop's thread.
final class ReceivedStream {
    let ssrc: UInt32
    let track: TrackID
    let codec: Codec
    /// `nil` for a track that isn't opened: its packets are counted and no more.
    let receiver: TrackReceiver?
    private(set) var statistics = ReceiveStatistics()
    private var highest: UInt64?
    private var missing: [(sequenceNumber: UInt64, tries: Int, due: Moment)] = []

    private static let missingLimit = 256
    private static let triesLimit = 10
    private static let retryInterval = Interval.milliseconds(40)

    init(ssrc: UInt32, track: TrackID, codec: Codec, receiver: TrackReceiver? = nil) {
        self.ssrc = ssrc
        self.track = track
        self.codec = codec
        self.receiver = receiver
    }

    /// Takes a packet without its SRTP, and hands on what it carries of a frame, once.
    ///
    /// - Parameters:
    ///   - payload: without padding; of a retransmission, what it repeats.
    ///   - extended: roll-over counter and sequence number.
    ///   - wasRetransmitted: it came through RTX.
    func receive(
        _ payload: UnsafeRawBufferPointer,
        header: RTPHeader,
        extended: UInt64,
        wasRetransmitted: Bool,
        now: Moment
    ) {
        if let highest, extended <= highest {
            guard let index = missing.firstIndex(where: { $0.sequenceNumber == extended }) else { return }
            missing.remove(at: index)
            if wasRetransmitted { statistics.recovered += 1 }
        } else {
            if let highest, extended > highest + 1 {
                for lost in (highest + 1)..<min(extended, highest + 1 + UInt64(Self.missingLimit)) {
                    note(missing: lost, now: now)
                }
            }
            highest = extended
        }
        statistics.packets += 1
        statistics.bytes += header.headerLength + payload.count
        if !codec.isAudio, codec.startsKeyFrame(payload) { statistics.keyFrames += 1 }
        receiver?.receive(
            payload,
            sequenceNumber: extended,
            timestamp: header.timestamp,
            marker: header.marker,
            now: now
        )
    }

    /// The sequence number a retransmission stands for, extended by the nearest one below the highest seen.
    func extend(_ original: UInt16) -> UInt64? {
        guard let highest else { return nil }
        let back = UInt64(UInt16(truncatingIfNeeded: highest) &- original)
        return back <= highest ? highest - back : nil
    }

    /// The sequence numbers to ask for now.
    func dueNACK(now: Moment) -> [UInt16] {
        var lost: [UInt16] = []
        for index in missing.indices where missing[index].due <= now {
            missing[index].tries += 1
            missing[index].due = now + Self.retryInterval
            lost.append(UInt16(truncatingIfNeeded: missing[index].sequenceNumber))
        }
        let before = missing.count
        missing.removeAll { $0.tries > Self.triesLimit }
        statistics.lost += before - missing.count
        return lost
    }

    func reportBlock() -> ReportBlock {
        ReportBlock(
            ssrc: ssrc,
            fractionLost: 0,
            cumulativeLost: Int32(clamping: statistics.lost),
            highestSequenceNumber: UInt32(truncatingIfNeeded: highest ?? 0),
            jitter: 0,
            lastSenderReport: 0,
            delaySinceLastSenderReport: 0
        )
    }

    private func note(missing sequenceNumber: UInt64, now: Moment) {
        if missing.count == Self.missingLimit {
            missing.removeFirst()
            statistics.lost += 1
        }
        // A little patience first: on a path that reorders, the packet may be on its way.
        missing.append((sequenceNumber, 0, now + .milliseconds(10)))
    }
}
