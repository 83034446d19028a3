// SPDX-License-Identifier: Apache-2.0

/// How long a step of cases or orders took, by the entries' own times, in seconds.
struct StepTimes {
    private(set) var seconds: [UInt64] = []

    mutating func add(from start: EntryTime?, to end: EntryTime) {
        // Entries of one case don't run backwards.
        if let start { seconds.append(end.seconds - min(start.seconds, end.seconds)) }
    }

    /// Count, median, 95th percentile, longest. A percentile is the smallest that so many hundredths don't exceed (nearest rank).
    var cells: [ReportCell] {
        let sorted = seconds.sorted()
        guard let longest = sorted.last else { return [.number(0), .none, .none, .none] }
        func rank(_ percent: Int) -> ReportCell {
            // In two parts, since a count times 95 may be more than 32 bits hold.
            let (hundreds, rest) = sorted.count.quotientAndRemainder(dividingBy: 100)
            return .number(sorted[hundreds * percent + (rest * percent + 99) / 100 - 1])
        }
        return [.number(UInt64(sorted.count)), rank(50), rank(95), .number(longest)]
    }
}
