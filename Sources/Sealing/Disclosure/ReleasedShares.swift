// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// One custodian's shares of the ordered fields, sealed to the order's recipient. Whoever carries the file can't read it.
///
/// ```
/// vigil-released-shares/v1
/// order 1f0c…
/// record 3d41…
/// place 2
/// seat dora
/// key 5c5c…         the recipient's
/// field contact
/// share wR9…
/// ```
public struct ReleasedShares: Hashable, Sendable {
    public static let longest = 8_192

    public let order: DocumentHash
    public let record: DocumentHash
    public let place: UInt8
    public let seat: Name
    /// The recipient's one-time X25519 key: 32 bytes.
    public let key: [UInt8]
    let shares: [(field: Name, share: SealedShare)]

    init<Crypto: CryptoProvider>(
        _ shares: [(field: Name, share: Secret)],
        of record: DocumentHash,
        place: UInt8,
        from seat: Name,
        under order: DocumentHash,
        to key: [UInt8],
        using randomness: inout some Randomness,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        self.order = order
        self.record = record
        self.place = place
        self.seat = seat
        self.key = key
        self.shares = try SealedShare.seal(shares, to: key, using: &randomness, with: crypto) { field in
            ReleasedShares.info(order, record, place, seat, field)
        }
    }

    public init(parsing text: [UInt8]) throws(RecordRefusal) {
        var reader = try RecordReader(text, header: "vigil-released-shares/v1", longest: ReleasedShares.longest)
        order = try reader.hash(.order)
        record = try reader.hash(.record)
        place = try reader.place()
        seat = try reader.name(.seat)
        key = try reader.hex(.key, count: 32)
        shares = try reader.shares()
        try reader.end()
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-released-shares/v1")
        writer.line(.order, order.hex)
        writer.line(.record, record.hex)
        writer.line(.place, Decimal.text(place))
        writer.line(.seat, seat.bytes)
        writer.line(.key, Hexadecimal.encode(key))
        writer.lines(of: shares)
        return writer.bytes
    }

    /// What the custodian's passkey signs.
    public func statement<Crypto: CryptoProvider>(under charter: DocumentHash, with crypto: Crypto.Type) -> ShareRelease
    {
        ShareRelease(
            order: order,
            charter: charter,
            seat: seat,
            shares: .of(document: text, with: crypto)
        )
    }

    static func info(
        _ order: DocumentHash,
        _ record: DocumentHash,
        _ place: UInt8,
        _ seat: Name,
        _ field: Name
    ) -> [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-released-share/v1")
        writer.line(.order, order.hex)
        writer.line(.record, record.hex)
        writer.line(.place, Decimal.text(place))
        writer.line(.seat, seat.bytes)
        writer.line(.field, field.bytes)
        return writer.bytes
    }

    public static func == (lhs: ReleasedShares, rhs: ReleasedShares) -> Bool { lhs.text == rhs.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
