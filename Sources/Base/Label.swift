// SPDX-License-Identifier: Apache-2.0

/// What a key or a signature is for, in ASCII.
public struct Label: Hashable, Sendable, ExpressibleByStringLiteral {
    public let bytes: [UInt8]

    public init(stringLiteral word: StaticString) {
        bytes = word.bytes
    }

    /// One that isn't known beforehand.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }
}
