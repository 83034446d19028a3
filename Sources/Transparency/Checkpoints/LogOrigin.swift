// SPDX-License-Identifier: Apache-2.0

public import Base

/// Which log: the first line of its checkpoints (C2SP tlog-checkpoint, Note text). Compared byte by byte.
public struct LogOrigin: Hashable, Sendable {
    /// UTF-8 without control characters, at least a byte.
    public let bytes: [UInt8]

    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard !bytes.isEmpty, !bytes.contains(.newline), NoteText.isSound(bytes[...]) else { return nil }
        self.bytes = bytes
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// "The SHA-256 hash of the log's origin, hex encoded, in lowercase" (C2SP tlog-witness, Monitor Retrieval Mechanism).
    public func hash<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> String {
        Hexadecimal.text(Crypto.hash(.sha256, bytes))
    }
}
