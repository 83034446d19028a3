// SPDX-License-Identifier: Apache-2.0

extension StaticString {
    /// Its UTF-8.
    var bytes: [UInt8] {
        Array(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
    }
}

extension [UInt8] {
    /// A word of the wire.
    init(word: StaticString) { self = word.bytes }
}
