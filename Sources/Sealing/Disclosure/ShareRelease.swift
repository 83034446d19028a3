// SPDX-License-Identifier: Apache-2.0

public import Governance
public import Transparency

/// A custodian's word that these shares were released under this order: signed by the seat's passkey, like everything that a seat does.
///
/// ```
/// vigil-share-release/v1
/// order 1f0c…
/// charter 77ab…
/// seat dora
/// target 8be1…       SHA-256 of the ``ReleasedShares``
/// ```
public struct ShareRelease: Statement {
    public let order: DocumentHash
    public let charter: DocumentHash
    public let seat: Name
    public let shares: DocumentHash

    public init(order: DocumentHash, charter: DocumentHash, seat: Name, shares: DocumentHash) {
        self.order = order
        self.charter = charter
        self.seat = seat
        self.shares = shares
    }

    public init(reading reader: inout StatementReader) throws(StatementRefusal) {
        try reader.header("vigil-share-release/v1")
        order = try reader.hash(.order)
        charter = try reader.hash(.charter)
        seat = try reader.name(.seat)
        shares = try reader.hash(.target)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-share-release/v1")
        writer.line("order", order.hex)
        writer.line("charter", charter.hex)
        writer.line("seat", seat.bytes)
        writer.line("target", shares.hex)
        return writer.bytes
    }
}
