// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// A seat's word that documents for it are sealed to this key, from then on.
///
/// ```
/// vigil-seat-key/v1
/// genesis 77ab…
/// seat cora
/// key 5c5c…
/// since 2026-11-24T10:00:00Z
/// ```
public struct SeatKey: Statement {
    /// How old one may be when it is brought: 10 minutes.
    public static let freshness: UInt64 = 600

    /// The hash of the first charter.
    public let genesis: DocumentHash
    public let seat: Name
    /// X25519: 32 bytes.
    public let key: [UInt8]
    /// Of several the latest counts.
    public let since: EntryTime

    /// `nil` unless the key has 32 bytes.
    public init?(genesis: DocumentHash, seat: Name, key: [UInt8], since: EntryTime) {
        guard key.count == KeyAgreementAlgorithm.x25519.publicKeyLength else { return nil }
        self.genesis = genesis
        self.seat = seat
        self.key = key
        self.since = since
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-seat-key/v1")
        genesis = try reader.hash(.genesis)
        seat = try reader.name(.seat)
        key = try reader.hash(.key).bytes
        since = try reader.time(.since)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-seat-key/v1")
        writer.line("genesis", genesis.hex)
        writer.line("seat", seat.bytes)
        writer.line("key", Hexadecimal.encode(key))
        writer.line("since", since.bytes)
        return writer.bytes
    }
}
