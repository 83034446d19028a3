// SPDX-License-Identifier: Apache-2.0

public import Base

/// Counts of latencies in buckets of 5 % width from 1 µs to 10 s; recording allocates nothing.
public struct LatencyHistogram: Sendable {
    private var counts = [UInt32](repeating: 0, count: LatencyHistogram.bounds.count + 1)
    public private(set) var total = 0

    /// Upper bounds of the buckets, in nanoseconds.
    private static let bounds: [Int64] = {
        var bounds: [Int64] = []
        var bound = 1_000.0
        while bound < 10_000_000_000 {
            bounds.append(Int64(bound))
            bound *= 1.05
        }
        return bounds
    }()

    public init() {}

    public mutating func record(_ latency: Interval) {
        var low = 0
        var high = Self.bounds.count
        while low < high {
            let middle = (low + high) / 2
            if Self.bounds[middle] < latency.nanoseconds { low = middle + 1 } else { high = middle }
        }
        counts[low] &+= 1
        total += 1
    }

    public mutating func add(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        total += other.total
    }

    /// The upper bound of the bucket that holds the given share (0…1) of what was recorded, in microseconds.
    public func microseconds(at share: Double) -> Double? {
        guard total > 0 else { return nil }
        let wanted = max(1, Int((Double(total) * share).rounded(.up)))
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen += Int(count)
            if seen >= wanted { return Double(Self.bounds[min(index, Self.bounds.count - 1)]) / 1_000 }
        }
        return nil
    }
}
