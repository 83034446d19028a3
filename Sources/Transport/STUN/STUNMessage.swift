// SPDX-License-Identifier: Apache-2.0

public import Base

/// A well-formed STUN message whose sender is not known yet (RFC 8489 §5).
///
/// Parsing checks the shape of everything and FINGERPRINT where there is one. Who sent it is proved only by
/// ``authenticated(with:)``; state machines act on ``AuthenticatedSTUNMessage``.
public struct STUNMessage: Sendable {
    public enum MessageClass: UInt8, Sendable {
        case request = 0
        case indication = 1
        case success = 2
        case error = 3
    }

    public static let bindingMethod: UInt16 = 0x001
    static let headerLength = 20
    static let magicCookie: UInt32 = 0x2112_A442
    /// A check is about 100 bytes; RFC 8489 wants a message to fit a path MTU.
    static let maximumLength = 2_048

    public let method: UInt16
    public let messageClass: MessageClass
    public let transactionID: STUNTransactionID
    public let hasFingerprint: Bool

    private let bytes: [UInt8]
    /// Attributes that count lie before this offset: whatever follows MESSAGE-INTEGRITY is not covered by it.
    private let attributesEnd: Int
    private let integrityOffset: Int?

    /// Copies the datagram: at most 2,048 bytes, kept no longer than the caller keeps the message.
    public static func parse(_ datagram: UnsafeRawBufferPointer) throws(STUNRefusal) -> STUNMessage {
        guard datagram.count >= headerLength, datagram[0] & 0xC0 == 0 else { throw .notSTUN }
        guard datagram.count <= maximumLength else { throw .tooLong }
        return try parse(Array(datagram))
    }

    public static func parse(_ bytes: [UInt8]) throws(STUNRefusal) -> STUNMessage {
        var reader = ByteReader(bytes)
        guard bytes.count <= maximumLength else { throw .tooLong }
        guard let type = reader.readUInt16(), let length = reader.readUInt16(), let cookie = reader.readUInt32(),
            let high = reader.readUInt32(), let low = reader.readUInt64(), type & 0xC000 == 0
        else { throw .notSTUN }
        guard cookie == magicCookie else { throw .badMagicCookie }
        guard length % 4 == 0, Int(length) == reader.remaining else { throw .badLength }

        var offset = headerLength
        var integrityOffset: Int?
        var fingerprintOffset: Int?
        while offset < bytes.count {
            guard fingerprintOffset == nil else { throw .fingerprintNotLast }
            guard let attribute = attribute(at: offset, in: bytes) else { throw .attributeOverrun }
            switch attribute.type {
            case .messageIntegrity where integrityOffset == nil:
                guard attribute.value.count == STUNIntegrity.length else { throw .badAttribute }
                integrityOffset = offset
            case .fingerprint:
                var value = ByteReader(attribute.value)
                guard attribute.value.count == 4, let stated = value.readUInt32() else { throw .badAttribute }
                guard stated == CRC32.checksum(bytes[..<offset]) ^ fingerprintMask else { throw .badFingerprint }
                fingerprintOffset = offset
            default: break
            }
            offset = attribute.end
        }
        // The class sits in bits 4 and 8, the method around them (§5, figure 3).
        let rawClass = UInt8(truncatingIfNeeded: type >> 4 & 1 | type >> 7 & 2)
        guard let messageClass = MessageClass(rawValue: rawClass) else { throw .notSTUN }
        return STUNMessage(
            method: type & 0x000F | type >> 1 & 0x0070 | type >> 2 & 0x0F80,
            messageClass: messageClass,
            transactionID: STUNTransactionID(high: high, low: low),
            hasFingerprint: fingerprintOffset != nil,
            bytes: bytes,
            attributesEnd: integrityOffset ?? fingerprintOffset ?? bytes.count,
            integrityOffset: integrityOffset
        )
    }

    /// The message as one that the holder of `key` sent.
    ///
    /// - Parameter key: the password of short-term credentials (RFC 8489 §9.1.1), or the MD5 key of long-term ones.
    public func authenticated(with key: Secret) throws(STUNRefusal) -> AuthenticatedSTUNMessage {
        guard let integrityOffset else { throw .missingIntegrity }
        guard let attribute = Self.attribute(at: integrityOffset, in: bytes) else { throw .attributeOverrun }
        guard STUNIntegrity.verify(attribute.value, for: bytes[..<integrityOffset], key: key) else {
            throw .badIntegrity
        }
        return AuthenticatedSTUNMessage(message: self)
    }

    /// The first attribute of this type (RFC 8489 §14: of several, only the first counts).
    func value(of type: STUNAttributeType) -> ArraySlice<UInt8>? {
        var offset = Self.headerLength
        while offset < attributesEnd, let attribute = Self.attribute(at: offset, in: bytes) {
            if attribute.type == type { return attribute.value }
            offset = attribute.end
        }
        return nil
    }

    /// Types that must be understood and are not; at most eight, which is enough for an answer.
    var unknownRequiredAttributes: [STUNAttributeType] {
        var unknown: [STUNAttributeType] = []
        var offset = Self.headerLength
        while offset < attributesEnd, unknown.count < 8, let attribute = Self.attribute(at: offset, in: bytes) {
            if attribute.type.isComprehensionRequired, !attribute.type.isUnderstood { unknown.append(attribute.type) }
            offset = attribute.end
        }
        return unknown
    }

    static let fingerprintMask: UInt32 = 0x5354_554E

    private static func attribute(
        at offset: Int,
        in bytes: [UInt8]
    ) -> (type: STUNAttributeType, value: ArraySlice<UInt8>, end: Int)? {
        guard bytes.count - offset >= 4 else { return nil }
        let type = UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
        let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
        let start = offset + 4
        let end = start + (length + 3) & ~3
        guard end <= bytes.count else { return nil }
        return (STUNAttributeType(rawValue: type), bytes[start..<start + length], end)
    }
}
