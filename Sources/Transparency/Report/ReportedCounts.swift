// SPDX-License-Identifier: Apache-2.0

/// Numbers under the names of a table's columns. One type for all tables: each other would be code that browsers load again.
struct ReportedCounts {
    private var values: [UInt64]

    init(_ column: (some ReportColumn).Type) { values = [UInt64](repeating: 0, count: column.allCases.count) }

    var isEmpty: Bool { values.allSatisfy { $0 == 0 } }
    var cells: [ReportCell] { values.map { .number($0) } }

    subscript(column: some ReportColumn) -> UInt64 {
        get { values[column.rawValue] }
        set { values[column.rawValue] = newValue }
    }

    static func += (sums: inout ReportedCounts, more: ReportedCounts) {
        for (place, value) in more.values.enumerated() { sums.values[place] += value }
    }
}
