// SPDX-License-Identifier: Apache-2.0

import Transparency

/// Writes canonical text: a key and its values, one space between two of them, a newline after the last.
package struct TextWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func header(_ header: StaticString) {
        bytes.append(header)
        bytes.append(.newline)
    }

    package mutating func line(_ key: StaticString, _ values: [UInt8]...) {
        bytes.append(key)
        for value in values {
            bytes.append(.space)
            bytes += value
        }
        bytes.append(.newline)
    }
}
