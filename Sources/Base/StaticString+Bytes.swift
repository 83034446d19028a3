// SPDX-License-Identifier: Apache-2.0

// Words that are written down in the code. `Array("word".utf8)` would take along how text of every origin is walked through,
// which browsers would have to load.

extension StaticString {
    /// Its UTF-8.
    public var bytes: [UInt8] {
        Array(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
    }
}

extension [UInt8] {
    /// A word's UTF-8.
    public init(word: StaticString) { self = word.bytes }
}
