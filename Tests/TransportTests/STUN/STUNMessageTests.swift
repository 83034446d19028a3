// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

@Suite("STUN messages")
struct STUNMessageTests {
    private let key = Secret("a password of ice length".utf8)
    private let id = STUNTransactionID(high: 0x0102_0304, low: 0x0506_0708_090A_0B0C)

    private func check(_ extra: (inout STUNMessageBuilder) -> Void = { _ in }) -> [UInt8] {
        var builder = STUNMessageBuilder(.request, transactionID: id)
        builder.append(.username, "us12:them".utf8)
        builder.appendPriority(0x6E00_01FF)
        builder.appendTieBreaker(77, as: .iceControlling)
        builder.append(.useCandidate, [])
        extra(&builder)
        return builder.finish(key: key)
    }

    @Test("what is written is read back")
    func roundTrip() throws {
        let message = try STUNMessage.parse(check()).authenticated(with: key).message
        #expect(message.messageClass == .request)
        #expect(message.transactionID == id)
        #expect(message.username.map { Array($0) } == Array("us12:them".utf8))
        #expect(message.priority == 0x6E00_01FF)
        #expect(message.iceControlling == 77)
        #expect(message.iceControlled == nil)
        #expect(message.useCandidate)
        #expect(message.hasFingerprint)
    }

    @Test(
        "mapped addresses of both families are read back",
        arguments: [
            TransportAddress(ipv4: 0xC000_0201, port: 32_853),
            TransportAddress(high: 0x2001_0DB8_1234_5678, low: 0x0011_2233_4455_6677, port: 1),
        ]
    )
    func mapped(_ address: TransportAddress) throws {
        var builder = STUNMessageBuilder(.success, transactionID: id)
        builder.appendXORMappedAddress(address)
        let message = try STUNMessage.parse(builder.finish(key: key))
        #expect(message.messageClass == .success)
        #expect(message.xorMappedAddress == address)
    }

    @Test("error codes and unknown attributes are read back")
    func errors() throws {
        var builder = STUNMessageBuilder(.error, transactionID: id)
        builder.appendErrorCode(487, reason: "Role Conflict")
        builder.appendUnknownAttributes([STUNAttributeType(rawValue: 0x7FFF), STUNAttributeType(rawValue: 0x0002)])
        let message = try STUNMessage.parse(builder.finish(key: key))
        #expect(message.messageClass == .error)
        #expect(message.errorCode == 487)
        #expect(message.unknownAttributes.map(\.rawValue) == [0x7FFF, 0x0002])
    }

    @Test("what follows MESSAGE-INTEGRITY is not believed")
    func attributesBehindIntegrity() throws {
        var builder = STUNMessageBuilder(.request, transactionID: id)
        builder.append(.username, "us12:them".utf8)
        // An unsigned message's attributes, appended behind a correct code, as an attacker on the path could.
        let signed = builder.finish(key: key).dropLast(8)
        var forged = Array(signed) + [0x00, 0x25, 0x00, 0x00]
        forged[3] = UInt8(forged.count - 20)
        let message = try STUNMessage.parse(forged).authenticated(with: key).message
        #expect(!message.useCandidate)
    }

    @Test("attributes behind FINGERPRINT are refused")
    func attributesBehindFingerprint() {
        // A checksum that is right for the longer message, so that only the order is wrong.
        var bytes = Array(check().dropLast(4))
        bytes[3] += 4
        var sum = UInt32.max
        for byte in bytes.dropLast(4) {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        let checksum = ~sum ^ 0x5354_554E
        for shift: UInt32 in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: checksum >> shift)) }
        bytes += [0x00, 0x25, 0x00, 0x00]
        #expect(throws: STUNRefusal.fingerprintNotLast) { _ = try STUNMessage.parse(bytes) }
    }

    @Test("an unsigned message has no integrity to check")
    func unsigned() throws {
        let message = try STUNMessage.parse(STUNMessageBuilder(.request, transactionID: id).finish(key: nil))
        #expect(throws: STUNRefusal.missingIntegrity) { _ = try message.authenticated(with: key) }
    }

    @Test("each malformed shape has its name")
    func refusals() {
        #expect(throws: STUNRefusal.notSTUN) { _ = try STUNMessage.parse([]) }
        #expect(throws: STUNRefusal.notSTUN) { _ = try STUNMessage.parse([0x80] + check().dropFirst()) }
        var cookie = check()
        cookie[4] = 0
        #expect(throws: STUNRefusal.badMagicCookie) { _ = try STUNMessage.parse(cookie) }
        #expect(throws: STUNRefusal.badLength) { _ = try STUNMessage.parse(check() + [0, 0, 0, 0]) }
        var overrun = check()
        overrun[23] = 0xFF
        overrun[22] = 0xFF
        #expect(throws: STUNRefusal.attributeOverrun) { _ = try STUNMessage.parse(overrun) }
        #expect(throws: STUNRefusal.tooLong) {
            _ = try STUNMessage.parse([UInt8](repeating: 0, count: 4_096))
        }
    }

    @Test("the receiver's ufrag is found without parsing, and nothing else is")
    func peek() {
        func ufrag(_ bytes: [UInt8]) -> String? {
            bytes.withUnsafeBytes { STUNPeek.receiverUfrag(in: $0).map { String(decoding: $0, as: UTF8.self) } }
        }
        #expect(ufrag(check()) == "us12")
        #expect(ufrag(Array(check()[..<24])) == nil)
        #expect(ufrag([]) == nil)
        #expect(ufrag(STUNMessageBuilder(.request, transactionID: id).finish(key: nil)) == nil)
    }

    @Test("random bytes and mutated messages never trap")
    func garbage() {
        var randomness = SeededRandomness(seed: 1)
        for round in 0..<20_000 {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = randomness.bytes(Int(randomness.next() % 200))
                if bytes.count > 20 {
                    bytes.replaceSubrange(0..<8, with: [0, 1, 0, UInt8(bytes.count & 0xFC), 0x21, 0x12, 0xA4, 0x42])
                }
            } else {
                bytes = check()
                for _ in 0...(randomness.next() % 4) {
                    bytes[Int(randomness.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: randomness.next())
                }
            }
            bytes.withUnsafeBytes { datagram in
                _ = STUNPeek.receiverUfrag(in: datagram)
                guard let message = try? STUNMessage.parse(datagram) else { return }
                _ = (message.username, message.priority, message.errorCode, message.xorMappedAddress)
                _ = (message.iceControlled, message.unknownAttributes, message.useCandidate)
            }
        }
    }
}
