// SPDX-License-Identifier: Apache-2.0

import Transparency

/// A name out of a charter (a seat's, a group's, an organisation's, a sealed field's): `[a-z0-9]`, then up to 62 more of these,
/// dots and hyphens. It is not a person's.
public struct Name: Hashable, Sendable {
    public let bytes: [UInt8]

    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard EntryField.isToken(bytes[...]) else { return nil }
        self.bytes = bytes
    }

    public init?(_ text: String) { self.init(Array(text.utf8)) }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    package func precedes(_ other: Name) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }
}
