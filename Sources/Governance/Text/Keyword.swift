// SPDX-License-Identifier: Apache-2.0

import Transparency

/// A word out of a fixed list, as it stands in charters, orders and statements.
public protocol Keyword: CaseIterable, Hashable, Sendable {
    var word: StaticString { get }
}

extension Keyword {
    init?(parsing text: ArraySlice<UInt8>) {
        for value in Self.allCases where text.isWord(value.word) {
            self = value
            return
        }
        return nil
    }

    /// As it is written.
    public var text: String { String(decoding: word.utf8Bytes, as: UTF8.self) }
}

extension StaticString {
    var utf8Bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(self)
        return bytes
    }
}

extension ArraySlice<UInt8> {
    func isWord(_ word: StaticString) -> Bool { count == word.utf8CodeUnitCount && dropping(word) != nil }
}
