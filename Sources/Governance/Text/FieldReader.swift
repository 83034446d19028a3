// SPDX-License-Identifier: Apache-2.0

import Transparency

/// A cursor over lines of one key and one value each: printable ASCII without spaces in the value, LF after every line.
package struct FieldReader {
    private var lines: LineReader

    package init(_ bytes: ArraySlice<UInt8>) { lines = LineReader(bytes) }

    package var isAtEnd: Bool { lines.isAtEnd }
    package var rest: ArraySlice<UInt8> { lines.rest }

    /// True, and past it, if the next line is exactly `header`.
    package mutating func takeHeader(_ header: StaticString) -> Bool {
        var ahead = lines
        guard let line = ahead.next(), line.isWord(header) else { return false }
        lines = ahead
        return true
    }

    /// The value of the next line, if that has this key; else `nil`, and the line stays.
    package mutating func take(_ key: StaticString) -> ArraySlice<UInt8>? {
        var ahead = lines
        guard let line = ahead.next(), let rest = line.dropping(key), rest.first == .space else { return nil }
        let value = rest.dropFirst()
        guard !value.isEmpty, value.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        lines = ahead
        return value
    }
}
