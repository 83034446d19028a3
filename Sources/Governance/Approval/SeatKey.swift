// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// A seat's word that this is its X25519 key: what is sealed for the seat is sealed to it. Of several the one with the latest
/// `since` counts.
///
/// ```
/// vigil-seat-key/v1
/// genesis 77ab…
/// seat cora
/// key 5c5c…
/// since 2026-11-24T10:00:00Z
/// ```
public struct SeatKey: Statement {
    public let genesis: DocumentHash
    public let seat: Name
    /// 32 bytes.
    public let key: [UInt8]
    public let since: EntryTime

    public init(genesis: DocumentHash, seat: Name, key: [UInt8], since: EntryTime) {
        self.genesis = genesis
        self.seat = seat
        self.key = key
        self.since = since
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-seat-key/v1")
        genesis = try reader.hash(.genesis)
        seat = try reader.name(.seat)
        guard let key = Hexadecimal.decode(try reader.value(.key)), key.count == 32 else { throw .invalidValue(.key) }
        self.key = key
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
