// SPDX-License-Identifier: Apache-2.0

/// Why a text is no charter, and in which line, counted from 1; 0 if it is the charter as a whole.
public struct CharterRefusal: Error, Hashable, Sendable {
    public let line: Int
    public let rule: CharterRule

    init(_ line: Int, _ rule: CharterRule) {
        self.line = line
        self.rule = rule
    }
}
