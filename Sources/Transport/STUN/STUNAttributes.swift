// SPDX-License-Identifier: Apache-2.0

import Base

/// What attributes say. Each is `nil` when absent or of the wrong size.
extension STUNMessage {
    /// The raw USERNAME: `receiver's ufrag ":" sender's ufrag` in a check (RFC 8445 §7.2.2).
    public var username: ArraySlice<UInt8>? { value(of: .username) }

    public var priority: UInt32? {
        guard let value = value(of: .priority), value.count == 4 else { return nil }
        var reader = ByteReader(value)
        return reader.readUInt32()
    }

    public var useCandidate: Bool { value(of: .useCandidate) != nil }

    /// The tie-breaker of a sender that believes itself controlled.
    public var iceControlled: UInt64? { tieBreaker(.iceControlled) }

    /// The tie-breaker of a sender that believes itself controlling.
    public var iceControlling: UInt64? { tieBreaker(.iceControlling) }

    /// 300…699 (RFC 8489 §14.8).
    public var errorCode: Int? {
        guard let value = value(of: .errorCode) else { return nil }
        var reader = ByteReader(value)
        guard let word = reader.readUInt32() else { return nil }
        let hundreds = Int(word >> 8 & 7)
        let rest = Int(word & 0xFF)
        guard 3...6 ~= hundreds, rest < 100 else { return nil }
        return hundreds * 100 + rest
    }

    /// The address from which the peer saw us (RFC 8489 §14.2).
    public var xorMappedAddress: TransportAddress? {
        guard let value = value(of: .xorMappedAddress) else { return nil }
        var reader = ByteReader(value)
        guard reader.skip(1), let family = reader.readUInt8(), let maskedPort = reader.readUInt16() else { return nil }
        let port = maskedPort ^ UInt16(truncatingIfNeeded: Self.magicCookie >> 16)
        switch (family, value.count) {
        case (1, 8):
            guard let masked = reader.readUInt32() else { return nil }
            return TransportAddress(ipv4: masked ^ Self.magicCookie, port: port)
        case (2, 20):
            guard let high = reader.readUInt64(), let low = reader.readUInt64() else { return nil }
            let mask = Self.addressMask(transactionID)
            return TransportAddress(high: high ^ mask.high, low: low ^ mask.low, port: port)
        default: return nil
        }
    }

    /// Types named by a 420 answer.
    public var unknownAttributes: [STUNAttributeType] {
        guard let value = value(of: .unknownAttributes) else { return [] }
        var reader = ByteReader(value)
        var types: [STUNAttributeType] = []
        while let type = reader.readUInt16() { types.append(STUNAttributeType(rawValue: type)) }
        return types
    }

    static func addressMask(_ id: STUNTransactionID) -> (high: UInt64, low: UInt64) {
        (UInt64(magicCookie) << 32 | UInt64(id.high), id.low)
    }

    private func tieBreaker(_ type: STUNAttributeType) -> UInt64? {
        guard let value = value(of: type), value.count == 8 else { return nil }
        var reader = ByteReader(value)
        return reader.readUInt64()
    }
}
