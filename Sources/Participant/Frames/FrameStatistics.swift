// SPDX-License-Identifier: Apache-2.0

public import Base

/// What one participant received of one track, as frames.
public struct FrameStatistics: Sendable {
    /// The switch from one epoch's keys to a later one's, as the track's frames show it.
    public struct EpochGap: Sendable {
        /// Of the first frame with the new keys.
        public let epoch: UInt64
        /// From the last frame opened before to the first one after.
        public let gap: Interval
    }

    /// Each counts once, however often the network brings it.
    public internal(set) var opened = 0
    public internal(set) var repeated = 0
    public internal(set) var refused: [FrameRefusal: Int] = [:]
    /// Came while others still sealed with the keys of an epoch before we were in: not for us, and nobody's fault.
    public internal(set) var beforeEntry = 0
    /// Never complete.
    public internal(set) var abandoned = 0
    /// From the publisher's stamp to opening, where both run on one machine's clock.
    public internal(set) var latency = LatencyHistogram()
    /// Between two frames opened one after the other.
    public internal(set) var longestGap = Interval.zero
    public internal(set) var epochGaps: [EpochGap] = []
    public internal(set) var epoch: UInt64?
    var lastOpened: Moment?

    private static let gapLimit = 1_024

    public init() {}

    public var refusedFrames: Int { refused.values.reduce(0, +) }

    /// The longest time without a frame, the present silence included.
    public func longestGap(until now: Moment) -> Interval {
        guard let lastOpened else { return longestGap }
        return max(longestGap, now - lastOpened)
    }

    mutating func noteOpened(epoch: UInt64, latency: Interval?, now: Moment) {
        opened += 1
        if let lastOpened {
            let gap = now - lastOpened
            longestGap = max(longestGap, gap)
            if let last = self.epoch, epoch > last, epochGaps.count < Self.gapLimit {
                epochGaps.append(EpochGap(epoch: epoch, gap: gap))
            }
        }
        lastOpened = now
        self.epoch = max(epoch, self.epoch ?? 0)
        if let latency, latency >= .zero, latency < .seconds(10) { self.latency.record(latency) }
    }

    /// From here on gaps count anew.
    mutating func forgetGaps() {
        longestGap = .zero
        epochGaps = []
    }

    /// Of the same track at another time.
    mutating func add(_ other: FrameStatistics) {
        opened += other.opened
        repeated += other.repeated
        refused.merge(other.refused, uniquingKeysWith: +)
        beforeEntry += other.beforeEntry
        abandoned += other.abandoned
        latency.add(other.latency)
        longestGap = max(longestGap, other.longestGap)
        epochGaps.append(contentsOf: other.epochGaps)
        epoch = [epoch, other.epoch].compactMap(\.self).max()
        lastOpened = [lastOpened, other.lastOpened].compactMap(\.self).max()
    }
}
