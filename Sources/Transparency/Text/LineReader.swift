// SPDX-License-Identifier: Apache-2.0

/// A cursor over lines that each end in a newline (U+000A).
package struct LineReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    package var isAtEnd: Bool { position == bytes.endIndex }
    package var rest: ArraySlice<UInt8> { bytes[position...] }

    /// The next line without its newline; `nil` at the end, and for a last line that lacks one.
    package mutating func next() -> ArraySlice<UInt8>? {
        guard let end = bytes[position...].firstIndex(of: .newline) else { return nil }
        defer { position = end + 1 }
        return bytes[position..<end]
    }
}

extension UInt8 {
    package static let newline = UInt8(ascii: "\n")
    package static let space = UInt8(ascii: " ")
}

extension Collection<UInt8> where SubSequence: Collection<UInt8> {
    /// What follows `prefix`, if the bytes start with it.
    package func dropping(_ prefix: StaticString) -> SubSequence? {
        guard count >= prefix.utf8CodeUnitCount else { return nil }
        var offset = 0
        for byte in self.prefix(prefix.utf8CodeUnitCount) {
            guard byte == prefix.utf8Start[offset] else { return nil }
            offset += 1
        }
        return dropFirst(offset)
    }
}

extension [UInt8] {
    package mutating func append(_ text: StaticString) {
        for offset in 0..<text.utf8CodeUnitCount { append(text.utf8Start[offset]) }
    }
}
