// SPDX-License-Identifier: Apache-2.0

import Base
import SFrame
import Transport

/// Frames of one track as its packets come: put together, opened, counted. What doesn't open goes nowhere.
///
/// Confined to the media loop's thread.
final class TrackReceiver {
    let track: TrackID
    private(set) var statistics = FrameStatistics()

    private struct Waiting {
        var frame: [UInt8]
        var clear: Int
        var arrived: Moment
    }

    private let codec: Codec
    private let cipher: FrameCipher
    private var assembler: FrameAssembler
    /// Frames whose keys may be on their way, oldest first (RFC 9605 §4.4.4).
    private var waiting: [Waiting] = []
    private var generation = 0

    private static let waitingLimit = 64
    private static let patience = Interval.seconds(1)

    init(_ track: TrackID, codec: Codec, cipher: FrameCipher) {
        self.track = track
        self.codec = codec
        self.cipher = cipher
        assembler = FrameAssembler(codec: codec)
    }

    func receive(
        _ payload: UnsafeRawBufferPointer,
        sequenceNumber: UInt64,
        timestamp: UInt32,
        marker: Bool,
        now: Moment
    ) {
        let frame = assembler.add(payload, sequenceNumber: sequenceNumber, timestamp: timestamp, marker: marker)
        statistics.abandoned = assembler.abandoned
        guard let frame else { return }
        guard let clear = ClearBytes.count(codec, of: frame) else { return refuse(.tooShort) }
        openOrKeep(Waiting(frame: frame, clear: clear, arrived: now), now: now)
    }

    /// Tries again what waits for keys, once there are new ones, and gives up what has waited too long.
    func tick(now: Moment) {
        guard !waiting.isEmpty else { return }
        if generation != cipher.generation {
            let frames = waiting
            waiting = []
            for item in frames { openOrKeep(item, now: now) }
        }
        while let oldest = waiting.first, now - oldest.arrived > Self.patience {
            waiting.removeFirst()
            refuse(.sframe(.unknownKeyID))
        }
    }

    func forgetGaps() { statistics.forgetGaps() }

    private func openOrKeep(_ item: Waiting, now: Moment) {
        do throws(FrameRefusal) {
            try open(item.frame, clear: item.clear, now: now)
        } catch {
            guard error == .sframe(.unknownKeyID), cipher.mayComeKeys(for: item.frame[item.clear...]) else {
                return refuse(error)
            }
            if waiting.count == Self.waitingLimit {
                waiting.removeFirst()
                refuse(error)
            }
            generation = cipher.generation
            waiting.append(item)
        }
    }

    private func open(_ frame: [UInt8], clear: Int, now: Moment) throws(FrameRefusal) {
        let opened = try cipher.open(frame, clear: clear, of: track)
        guard !opened.origin.isRepeat else {
            statistics.repeated += 1
            return
        }
        let latency = SyntheticFrame.stamp(of: opened.plaintext).map { now - $0 }
        statistics.noteOpened(epoch: opened.origin.epoch, latency: latency, now: now)
    }

    private func refuse(_ refusal: FrameRefusal) {
        if refusal == .beforeEntry {
            statistics.beforeEntry += 1
        } else {
            statistics.refused[refusal, default: 0] += 1
        }
    }
}
