// SPDX-License-Identifier: Apache-2.0

import Transparency

/// Writes canonical text: a key and its values, one space between two of them, a newline after the last.
struct TextWriter {
    private(set) var bytes: [UInt8] = []

    mutating func header(_ header: StaticString) {
        bytes.append(header)
        bytes.append(.newline)
    }

    mutating func line(_ key: StaticString, _ values: [UInt8]...) {
        bytes.append(key)
        for value in values {
            bytes.append(.space)
            bytes += value
        }
        bytes.append(.newline)
    }
}
