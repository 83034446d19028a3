// SPDX-License-Identifier: Apache-2.0

public import Base

/// Writes one message; attributes appear in the order of the calls.
public struct STUNMessageBuilder: Sendable {
    private var writer: ByteWriter
    private let transactionID: STUNTransactionID

    public init(
        _ messageClass: STUNMessage.MessageClass,
        method: UInt16 = STUNMessage.bindingMethod,
        transactionID: STUNTransactionID
    ) {
        self.transactionID = transactionID
        writer = ByteWriter(reserving: 128)
        let c = UInt16(messageClass.rawValue)
        let type = method & 0x000F | (method & 0x0070) << 1 | (method & 0x0F80) << 2 | (c & 1) << 4 | (c & 2) << 7
        writer.write(type)
        writer.write(UInt16(0))
        writer.write(STUNMessage.magicCookie)
        writer.write(transactionID.high)
        writer.write(transactionID.low)
    }

    /// Values longer than 65,535 bytes are cut; nothing here comes near.
    public mutating func append(_ type: STUNAttributeType, _ value: some Collection<UInt8>) {
        let value = value.prefix(Int(UInt16.max))
        writer.write(type.rawValue)
        writer.write(UInt16(truncatingIfNeeded: value.count))
        writer.write(value)
        writer.write(repeatElement(0, count: -value.count & 3))
        stateLength()
    }

    public mutating func appendPriority(_ priority: UInt32) {
        var value = ByteWriter(reserving: 4)
        value.write(priority)
        append(.priority, value.bytes)
    }

    /// - Parameter type: ``STUNAttributeType/iceControlled`` or ``STUNAttributeType/iceControlling``.
    public mutating func appendTieBreaker(_ tieBreaker: UInt64, as type: STUNAttributeType) {
        var value = ByteWriter(reserving: 8)
        value.write(tieBreaker)
        append(type, value.bytes)
    }

    public mutating func appendXORMappedAddress(_ address: TransportAddress) {
        var value = ByteWriter(reserving: 20)
        value.write(UInt8(0))
        value.write(UInt8(address.ipv4 == nil ? 2 : 1))
        value.write(address.port ^ UInt16(truncatingIfNeeded: STUNMessage.magicCookie >> 16))
        if let ipv4 = address.ipv4 {
            value.write(ipv4 ^ STUNMessage.magicCookie)
        } else {
            let mask = STUNMessage.addressMask(transactionID)
            value.write(address.high ^ mask.high)
            value.write(address.low ^ mask.low)
        }
        append(.xorMappedAddress, value.bytes)
    }

    /// - Parameter code: 300…699.
    public mutating func appendErrorCode(_ code: Int, reason: String) {
        var value = ByteWriter(reserving: 32)
        value.write(UInt16(0))
        value.write(UInt8(truncatingIfNeeded: code / 100 & 7))
        value.write(UInt8(truncatingIfNeeded: code % 100))
        value.write(reason.utf8)
        append(.errorCode, value.bytes)
    }

    public mutating func appendUnknownAttributes(_ types: [STUNAttributeType]) {
        var value = ByteWriter(reserving: 16)
        for type in types { value.write(type.rawValue) }
        append(.unknownAttributes, value.bytes)
    }

    /// The finished message, with MESSAGE-INTEGRITY under `key` and FINGERPRINT behind it.
    public consuming func finish(key: Secret?) -> [UInt8] {
        if let key { append(.messageIntegrity, STUNIntegrity.code(for: writer.bytes[...], key: key)) }
        // The checksum covers a length field that already counts the FINGERPRINT attribute.
        writer.overwrite(at: 2, with: UInt16(truncatingIfNeeded: writer.count - STUNMessage.headerLength + 8))
        let checksum = CRC32.checksum(writer.bytes[...]) ^ STUNMessage.fingerprintMask
        writer.write(STUNAttributeType.fingerprint.rawValue)
        writer.write(UInt16(4))
        writer.write(checksum)
        return writer.bytes
    }

    private mutating func stateLength() {
        writer.overwrite(at: 2, with: UInt16(truncatingIfNeeded: writer.count - STUNMessage.headerLength))
    }
}
