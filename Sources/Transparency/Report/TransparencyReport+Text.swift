// SPDX-License-Identifier: Apache-2.0

import Base

extension TransparencyReport {
    /// For people: the head's lines as entries are written, then each table behind an empty line, its columns in line.
    public var text: [UInt8] {
        var text: [UInt8] = []
        text.append("vigil-report/v1\n")
        line("log", origin.bytes, in: &text)
        line("from-size", Decimal.text(from), in: &text)
        line("to-size", Decimal.text(head.size), in: &text)
        line("root", Hexadecimal.encode(head.root.bytes), in: &text)
        line("time", time?.bytes ?? ReportTable.nothing, in: &text)
        line("unmatched-claims", Decimal.text(unmatchedClaims), in: &text)
        line("overdue-openings", Decimal.text(overdueOpenings), in: &text)
        for orders in orders { line("orders", orders.requester + [.space] + Decimal.text(orders.count), in: &text) }
        for table in tables {
            text.append(.newline)
            line("table", table.name, in: &text)
            text += table.text
        }
        return text
    }

    private func line(_ name: StaticString, _ value: [UInt8], in text: inout [UInt8]) {
        text.append(name)
        text.append(.space)
        text += value
        text.append(.newline)
    }
}

extension ReportTable {
    fileprivate static var nothing: [UInt8] { [UInt8(ascii: "-")] }

    /// Words stand at the left of their column, numbers at the right.
    fileprivate var text: [UInt8] {
        var widths = columns.map { $0.count }
        for row in rows {
            for (place, cell) in row.enumerated() { widths[place] = max(widths[place], cell.text.count) }
        }
        var text: [UInt8] = []
        func add(_ words: [[UInt8]], isNumber: (Int) -> Bool) {
            var line: [UInt8] = []
            for (place, word) in words.enumerated() {
                if place > 0 { line.append("  ") }
                let filling = [UInt8](repeating: .space, count: widths[place] - word.count)
                line += isNumber(place) ? filling + word : word + filling
            }
            while line.last == .space { line.removeLast() }
            text += line
            text.append(.newline)
        }
        func isNumber(_ row: [ReportCell], _ place: Int) -> Bool {
            if case .word = row[place] { return false }
            return true
        }
        add(columns) { place in rows.first.map { isNumber($0, place) } ?? false }
        for row in rows { add(row.map { $0.text }) { isNumber(row, $0) } }
        return text
    }
}

extension ReportCell {
    fileprivate var text: [UInt8] {
        switch self {
        case .word(let word): word
        case .number(let number): Decimal.text(number)
        case .none: ReportTable.nothing
        }
    }
}
