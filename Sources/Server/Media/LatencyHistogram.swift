// SPDX-License-Identifier: Apache-2.0

import Base

/// Counts of spans by size: eight buckets per power of two from one microsecond to half a minute, so that a quantile is
/// known to within 12 %. Recording allocates nothing.
struct LatencyHistogram: Sendable, Equatable {
    private static let subBits = 3
    private static let bucketCount = 200

    private(set) var counts: [UInt64]
    private(set) var total: UInt64 = 0

    init() {
        counts = [UInt64](repeating: 0, count: Self.bucketCount)
    }

    mutating func record(_ span: Interval, count: Int = 1) {
        guard count > 0 else { return }
        let weight = UInt64(count)
        counts[Self.bucket(of: span)] &+= weight
        total &+= weight
    }

    mutating func merge(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        total &+= other.total
    }

    /// What was recorded since `earlier`, which is an older copy of the same histogram.
    func since(_ earlier: LatencyHistogram) -> LatencyHistogram {
        var difference = LatencyHistogram()
        for index in counts.indices { difference.counts[index] = counts[index] &- earlier.counts[index] }
        difference.total = total &- earlier.total
        return difference
    }

    /// The upper bound of the bucket that holds the given quantile (0…1); nothing when nothing was recorded.
    func quantile(_ quantile: Double) -> Interval? {
        guard total > 0 else { return nil }
        let rank = max(1, UInt64((min(max(quantile, 0), 1) * Double(total)).rounded(.up)))
        var seen: UInt64 = 0
        for (index, count) in counts.enumerated() {
            seen &+= count
            if seen >= rank { return Self.upperBound(of: index) }
        }
        return Self.upperBound(of: Self.bucketCount - 1)
    }

    /// Buckets 0…7 are whole microseconds; from there on each power of two is cut into eight.
    private static func bucket(of span: Interval) -> Int {
        guard span.nanoseconds >= 1_000 else { return 0 }
        let microseconds = UInt64(span.nanoseconds) / 1_000
        guard microseconds >= 1 << UInt64(subBits) else { return Int(microseconds) }
        let exponent = 63 - microseconds.leadingZeroBitCount
        let sub = Int(microseconds >> UInt64(exponent - subBits)) & (1 << subBits - 1)
        return min((exponent - subBits + 1) << subBits + sub, bucketCount - 1)
    }

    /// Exclusive.
    static func upperBound(of bucket: Int) -> Interval {
        guard bucket >= 1 << subBits else { return .microseconds(Int64(bucket) + 1) }
        let exponent = bucket >> subBits + subBits - 1
        let sub = bucket & (1 << subBits - 1)
        return .microseconds(Int64(1 << subBits + sub + 1) << Int64(exponent - subBits))
    }
}
