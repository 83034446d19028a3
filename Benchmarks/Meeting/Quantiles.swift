// SPDX-License-Identifier: Apache-2.0

/// Of a list of numbers, exactly.
struct Quantiles {
    private let sorted: [Double]

    init(_ values: [Double]) {
        sorted = values.sorted()
    }

    /// The smallest value that the given share (0…1) doesn't exceed; `nil` of nothing.
    func at(_ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let index = Int((Double(sorted.count) * share).rounded(.up)) - 1
        return sorted[min(max(index, 0), sorted.count - 1)]
    }
}
