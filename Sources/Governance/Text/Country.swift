// SPDX-License-Identifier: Apache-2.0

/// A jurisdiction: two capital letters (ISO 3166-1 alpha-2). Whether they are assigned isn't checked.
public struct Country: Hashable, Sendable {
    public let bytes: [UInt8]

    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 2, bytes.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) else { return nil }
        self.bytes = bytes
    }

    public init?(_ text: String) { self.init(Array(text.utf8)) }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
