// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Several runs of one thing: this process's CPU, and what one run allocated.
struct Measurement {
    private static let counter = AllocationCounter()
    /// In microseconds, sorted.
    private var runs: [Double] = []
    private(set) var allocations: Int?

    var least: Double { runs.first ?? 0 }
    var median: Double { runs.isEmpty ? 0 : runs[runs.count / 2] }
    var count: Int { runs.count }

    /// Runs `body` once to warm up, then at least seven times and for at least a quarter of a second. `setUp` isn't
    /// measured.
    static func of<Input, Value>(
        setUp: () throws -> Input,
        _ body: (inout Input) throws -> Value
    ) throws -> (measurement: Measurement, value: Value) {
        var measurement = Measurement()
        var input = try setUp()
        var value = try body(&input)
        var total = 0.0
        while measurement.runs.count < 7 || (total < 250_000 && measurement.runs.count < 200) {
            input = try setUp()
            let allocated = counter?.count
            let start = now()
            value = try body(&input)
            let elapsed = now() - start
            if let allocated, let counter {
                measurement.allocations = min(measurement.allocations ?? .max, counter.count - allocated)
            }
            measurement.runs.append(elapsed)
            total += elapsed
        }
        measurement.runs.sort()
        return (measurement, value)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000_000 + Double(time.tv_nsec) / 1_000
    }
}
