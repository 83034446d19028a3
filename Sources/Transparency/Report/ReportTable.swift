// SPDX-License-Identifier: Apache-2.0

/// A table of a report (docs/report.md has them all). Rows are in the order of their words, or in the log's.
public struct ReportTable: Hashable, Sendable {
    public let name: [UInt8]
    public let columns: [[UInt8]]
    /// Each as long as `columns`.
    public let rows: [[ReportCell]]

    init(_ name: StaticString, _ columns: [[UInt8]], _ rows: [[ReportCell]]) {
        var bytes: [UInt8] = []
        bytes.append(name)
        self.name = bytes
        self.columns = columns
        self.rows = rows
    }

    init(_ name: StaticString, _ columns: StaticString, _ rows: [[ReportCell]]) {
        self.init(name, ReportTable.words(columns), rows)
    }

    /// Words with a space between.
    static func words(_ words: StaticString) -> [[UInt8]] {
        var text: [UInt8] = []
        text.append(words)
        return text.split(separator: .space).map { Array($0) }
    }
}
