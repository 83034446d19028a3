// SPDX-License-Identifier: Apache-2.0

import Transparency

/// Finds the entries of a long log that matter for one order, without reading the others.
struct EntryScan {
    /// 32 or 64 hex digits each.
    let needles: [[UInt8]]

    /// True if some line's value is one of the needles, or the entry is about a charter or a seat.
    func matters(_ entry: [UInt8]) -> Bool {
        var lines = LineReader(entry[...])
        var number = 0
        while let line = lines.next() {
            number += 1
            guard let space = line.firstIndex(of: .space) else { continue }
            let value = line[(space + 1)...]
            if number == 2, value.isWord("charter") || value.isWord("seat") { return true }
            guard value.count == 32 || value.count == 64 else { continue }
            for needle in needles where needle.count == value.count && value.elementsEqual(needle) { return true }
        }
        return false
    }
}
