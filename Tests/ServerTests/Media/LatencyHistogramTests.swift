// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Server

@Suite struct LatencyHistogramTests {
    @Test("a quantile is within an eighth of what was recorded")
    func precision() throws {
        for microseconds in [1, 3, 7, 8, 9, 15, 16, 100, 999, 1_000, 50_000, 9_999_999] as [Int64] {
            var histogram = LatencyHistogram()
            histogram.record(.microseconds(microseconds))
            let bound = try #require(histogram.quantile(0.5))
            #expect(bound > .microseconds(microseconds))
            #expect(bound.nanoseconds <= microseconds * 1_000 * 9 / 8 + 1_000)
        }
    }

    @Test("quantiles follow the ranks")
    func ranks() throws {
        var histogram = LatencyHistogram()
        histogram.record(.microseconds(100), count: 99)
        histogram.record(.microseconds(10_000), count: 1)
        let median = try #require(histogram.quantile(0.5))
        let highest = try #require(histogram.quantile(1))
        #expect(median < .microseconds(120))
        #expect(highest > .microseconds(10_000))
        #expect(try #require(histogram.quantile(0.99)) == median)
    }

    @Test("extremes and nonsense land in the outer buckets")
    func extremes() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == nil)
        histogram.record(Interval(nanoseconds: -5))
        histogram.record(Interval(nanoseconds: .max), count: 2)
        histogram.record(.seconds(1), count: -3)
        #expect(histogram.total == 3)
        #expect(histogram.quantile(0) == .microseconds(1))
        #expect(histogram.quantile(7) == LatencyHistogram.upperBound(of: 199))
    }

    @Test("two histograms add up, and a difference takes the first away again")
    func merging() {
        var first = LatencyHistogram()
        first.record(.microseconds(5), count: 3)
        var second = LatencyHistogram()
        second.record(.microseconds(500), count: 4)
        var sum = first
        sum.merge(second)
        #expect(sum.total == 7)
        #expect(sum.since(first) == second)
    }
}
