// SPDX-License-Identifier: Apache-2.0

/// What is counted in a table, numbered in the order of its columns.
protocol ReportColumn: CaseIterable, RawRepresentable<Int> {
    /// The columns' names with spaces between.
    static var names: StaticString { get }
}
