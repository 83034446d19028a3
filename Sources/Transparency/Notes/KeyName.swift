// SPDX-License-Identifier: Apache-2.0

/// The name of a key that signs notes (C2SP signed-note, Format).
///
/// Compared byte by byte: Swift's strings would take differently encoded characters for the same name.
public struct KeyName: Hashable, Sendable {
    /// UTF-8.
    public let bytes: [UInt8]

    /// `nil` for an empty name, Unicode spaces, plus signs, control characters, and bytes that aren't UTF-8.
    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard NoteText.isKeyName(bytes[...]) else { return nil }
        self.bytes = bytes
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
