// SPDX-License-Identifier: Apache-2.0

/// Counts by the words that name a table's rows.
struct ReportedSums {
    private var sums: [[[UInt8]]: ReportedCounts] = [:]
    private let nothing: ReportedCounts
    private let names: StaticString

    init<Column: ReportColumn>(_ column: Column.Type) {
        nothing = ReportedCounts(column)
        names = Column.names
    }

    subscript(words: [UInt8]...) -> ReportedCounts {
        get { sums[words] ?? nothing }
        set { sums[words] = newValue }
    }

    /// The rows that have anything, in the order of their words.
    ///
    /// - Parameter words: the columns of words.
    func table(_ name: StaticString, _ words: StaticString) -> ReportTable {
        let rows = sums.filter { !$0.value.isEmpty }.sorted { ReportedSums.precedes($0.key, $1.key) }
            .map { words, counts in words.map { .word($0) } + counts.cells }
        return ReportTable(name, ReportTable.words(words) + ReportTable.words(names), rows)
    }

    /// What one column has, by the first word of the row; zeros left out.
    func all(_ column: some ReportColumn) -> [([UInt8], UInt64)] {
        sums.filter { $0.value[column] > 0 }.sorted { ReportedSums.precedes($0.key, $1.key) }
            .map { ($0.key[0], $0.value[column]) }
    }

    private static func precedes(_ lhs: [[UInt8]], _ rhs: [[UInt8]]) -> Bool {
        for (left, right) in zip(lhs, rhs) where left != right { return left.lexicographicallyPrecedes(right) }
        return false
    }
}
