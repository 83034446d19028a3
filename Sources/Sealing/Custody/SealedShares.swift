// SPDX-License-Identifier: Apache-2.0

import Base
public import Governance
public import Transparency

/// One custodian's shares of one record, one for each field, sealed to the custodian's key. Whoever stores the file can't read it; a
/// wrong share in it is found by its hash in the record.
///
/// ```
/// vigil-sealed-shares/v1
/// record 3d41…
/// place 2
/// seat dora
/// key 5c5c…
/// field contact
/// share wR9…        base64: enc (32 bytes), ciphertext (48)
/// ```
public struct SealedShares: Hashable, Sendable {
    public static let longest = 8_192

    /// The record's hash.
    public let record: DocumentHash
    /// 1 to 5.
    public let place: UInt8
    public let seat: Name
    /// The custodian's X25519 key: 32 bytes.
    public let key: [UInt8]
    let shares: [(field: Name, share: SealedShare)]

    init<Crypto: CryptoProvider>(
        _ shares: [(field: Name, share: Secret)],
        of record: DocumentHash,
        place: UInt8,
        to seat: Name,
        key: [UInt8],
        using randomness: inout some Randomness,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        self.record = record
        self.place = place
        self.seat = seat
        self.key = key
        self.shares = try SealedShare.seal(shares, to: key, using: &randomness, with: crypto) { field in
            SealedShares.info(record, place, seat, field)
        }
    }

    public init(parsing text: [UInt8]) throws(RecordRefusal) {
        var reader = try RecordReader(text, header: "vigil-sealed-shares/v1", longest: SealedShares.longest)
        record = try reader.hash(.record)
        place = try reader.place()
        seat = try reader.name(.seat)
        key = try reader.hex(.key, count: 32)
        shares = try reader.shares()
        try reader.end()
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-sealed-shares/v1")
        writer.line(.record, record.hex)
        writer.line(.place, Decimal.text(place))
        writer.line(.seat, seat.bytes)
        writer.line(.key, Hexadecimal.encode(key))
        writer.lines(of: shares)
        return writer.bytes
    }

    /// HPKE's `info`. The record's hash stands for the deployment and everything else that the record says.
    static func info(_ record: DocumentHash, _ place: UInt8, _ seat: Name, _ field: Name) -> [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-sealed-share/v1")
        writer.line(.record, record.hex)
        writer.line(.place, Decimal.text(place))
        writer.line(.seat, seat.bytes)
        writer.line(.field, field.bytes)
        return writer.bytes
    }

    public static func == (lhs: SealedShares, rhs: SealedShares) -> Bool { lhs.text == rhs.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension RecordReader {
    /// `field` and `share` lines, in the order of fields.
    mutating func shares() throws(RecordRefusal) -> [(field: Name, share: SealedShare)] {
        var shares: [(field: Name, share: SealedShare)] = []
        while let value = maybe(.field) {
            guard let name = Name(value) else { throw .malformed(.field) }
            guard shares.count < SealedRecord.mostFields else { throw .wrongFieldCount }
            if let last = shares.last, !last.field.precedes(name) { throw .unsortedFields }
            shares.append((name, SealedShare(bytes: try base64(.share, count: SealedShare.length))))
        }
        guard !shares.isEmpty else { throw .wrongFieldCount }
        return shares
    }
}

extension TextWriter {
    mutating func lines(of shares: [(field: Name, share: SealedShare)]) {
        for (field, share) in shares {
            line(.field, field.bytes)
            line(.share, Base64.encode(share.bytes))
        }
    }
}
