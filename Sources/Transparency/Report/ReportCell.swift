// SPDX-License-Identifier: Apache-2.0

/// What stands in one place of a report's table.
public enum ReportCell: Hashable, Sendable {
    /// A word, hash or moment out of entries: printable ASCII without spaces, quotes and backslashes, all that entries' values are made of.
    case word([UInt8])
    case number(UInt64)
    /// There is nothing to say: no median of no times.
    case none

    static func word(_ word: StaticString) -> ReportCell {
        var bytes: [UInt8] = []
        bytes.append(word)
        return .word(bytes)
    }
}
