// SPDX-License-Identifier: Apache-2.0

/// Looks at a datagram's plain parts before OpenSSL does.
///
/// RFC 6347 §4.1.2.7 lets an endpoint drop an invalid record in silence, but OpenSSL answers some of them (impossible
/// fragment offsets, a message of the wrong side, application data in the clear) with a fatal alert, which would let
/// one stray datagram end a handshake. Records under encryption are left to OpenSSL: it drops what does not verify.
enum DTLSRecordFilter {
    /// A handshake message larger than this is refused before memory is set aside for it.
    static let maximumMessageLength = 32_768

    private static let recordHeaderLength = 13
    private static let messageHeaderLength = 12

    /// Whether `datagram` is a sequence of whole records that are plausible for a peer of `role`'s counterpart.
    static func accepts(_ datagram: UnsafeRawBufferPointer, role: DTLSRole) -> Bool {
        guard !datagram.isEmpty else { return false }
        var offset = 0
        while offset < datagram.count {
            guard datagram.count - offset >= recordHeaderLength, datagram[offset + 1] == 0xFE else { return false }
            let length = word(datagram, offset + 11)
            let body = offset + recordHeaderLength
            guard length <= datagram.count - body else { return false }
            let record = UnsafeRawBufferPointer(rebasing: datagram[body..<body + length])
            let isPlain = word(datagram, offset + 3) == 0
            guard accepts(record, type: datagram[offset], isPlain: isPlain, role: role) else { return false }
            offset = body + length
        }
        return true
    }

    private static func accepts(_ record: UnsafeRawBufferPointer, type: UInt8, isPlain: Bool, role: DTLSRole) -> Bool {
        switch type {
        case 20: !isPlain || (record.count == 1 && record[0] == 1)
        // Nothing in the clear but a fatal alert is worth hearing.
        case 21: !isPlain || (record.count == 2 && record[0] == 2)
        case 22: !isPlain || acceptsMessages(record, role: role)
        case 23: !isPlain
        default: false
        }
    }

    private static func acceptsMessages(_ record: UnsafeRawBufferPointer, role: DTLSRole) -> Bool {
        guard !record.isEmpty else { return false }
        var offset = 0
        while offset < record.count {
            guard record.count - offset >= messageHeaderLength, isPlausible(record[offset], role: role)
            else { return false }
            let length = triple(record, offset + 1)
            let fragmentOffset = triple(record, offset + 6)
            let fragmentLength = triple(record, offset + 9)
            guard length <= maximumMessageLength, fragmentOffset + fragmentLength <= length,
                fragmentLength > 0 || length == 0,
                fragmentLength <= record.count - offset - messageHeaderLength
            else { return false }
            offset += messageHeaderLength + fragmentLength
        }
        return true
    }

    /// The messages that the other side sends in the clear (RFC 5246 §7.4, RFC 6347 §4.3.2); Finished never is.
    private static func isPlausible(_ message: UInt8, role: DTLSRole) -> Bool {
        switch role {
        // ClientHello, Certificate, CertificateVerify, ClientKeyExchange
        case .server: message == 1 || message == 11 || message == 15 || message == 16
        // ServerHello, HelloVerifyRequest, NewSessionTicket, Certificate … ServerHelloDone, CertificateStatus
        case .client: (2...4).contains(message) || (11...14).contains(message) || message == 22
        }
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
    }

    private static func triple(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        Int(bytes[offset]) << 16 | word(bytes, offset + 1)
    }
}
