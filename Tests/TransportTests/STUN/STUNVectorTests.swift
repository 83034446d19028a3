// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import TestSupport
import Testing
import Transport

/// RFC 5769 §2.1–2.4, and what must be refused around them.
@Suite("STUN vectors")
struct STUNVectorTests {
    struct Vector: Decodable, Sendable {
        let name: String
        let message: String
        let password: String
        let key: String?
        let username: String?
        let priority: String?
        let ice_controlled: String?
        let fingerprint: String?
        let mapped: String?
        let port: UInt16?

        var bytes: [UInt8] { hexadecimal(message) }
        var secret: Secret { key.map { Secret(hexadecimal($0)) } ?? Secret(password.utf8) }
    }

    private struct File: Decodable {
        let vectors: [Vector]
    }

    private static let vectors: [Vector] = {
        guard let data = Vectors.data("stun/rfc5769.json") else { return [] }
        return (try? JSONDecoder().decode(File.self, from: data))?.vectors ?? []
    }()

    @Test("every vector parses, is authentic and says what it should", arguments: vectors)
    func accepted(_ vector: Vector) throws {
        let message = try STUNMessage.parse(vector.bytes)
        _ = try message.authenticated(with: vector.secret)
        #expect(message.method == STUNMessage.bindingMethod)
        #expect(message.hasFingerprint == (vector.fingerprint != nil))
        #expect(message.username.map { String(decoding: $0, as: UTF8.self) } == vector.username)
        #expect(message.priority == vector.priority.flatMap { UInt32($0, radix: 16) })
        #expect(message.iceControlled == vector.ice_controlled.flatMap { UInt64($0, radix: 16) })
        if let mapped = vector.mapped, let port = vector.port {
            #expect(message.messageClass == .success)
            #expect(message.xorMappedAddress == TransportAddress(ip: mapped, port: port))
        } else {
            #expect(message.messageClass == .request)
        }
    }

    @Test("every flipped bit is refused by shape, fingerprint or integrity", arguments: vectors)
    func flipped(_ vector: Vector) {
        // FINGERPRINT's type and length changed: an unknown attribute behind MESSAGE-INTEGRITY, which RFC 8489 §14.5 has
        // us ignore. Nothing that counts was touched.
        let unprotected = vector.fingerprint == nil ? 0..<0 : vector.bytes.count - 8..<vector.bytes.count - 6
        for index in vector.bytes.indices where !unprotected.contains(index) {
            for bit in 0..<8 {
                var bytes = vector.bytes
                bytes[index] ^= 1 << bit
                #expect(throws: STUNRefusal.self, "byte \(index), bit \(bit)") {
                    _ = try STUNMessage.parse(bytes).authenticated(with: vector.secret)
                }
            }
        }
    }

    @Test("every truncation is refused", arguments: vectors)
    func truncated(_ vector: Vector) {
        for count in 0..<vector.bytes.count {
            #expect(throws: STUNRefusal.self) { _ = try STUNMessage.parse(Array(vector.bytes[..<count])) }
            // Also with a length field that agrees: then the integrity is gone or wrong.
            guard count >= 20 else { continue }
            var restated = Array(vector.bytes[..<count])
            restated[2] = UInt8((count - 20) >> 8)
            restated[3] = UInt8((count - 20) & 0xFF)
            // Cut right behind MESSAGE-INTEGRITY, what is left is authentic: FINGERPRINT is optional.
            if vector.fingerprint != nil, count == vector.bytes.count - 8 { continue }
            #expect(throws: STUNRefusal.self) {
                _ = try STUNMessage.parse(restated).authenticated(with: vector.secret)
            }
        }
    }

    @Test("another password is refused as bad integrity", arguments: vectors)
    func wrongKey(_ vector: Vector) {
        #expect(throws: STUNRefusal.badIntegrity) {
            _ = try STUNMessage.parse(vector.bytes).authenticated(with: Secret("VOkJxbRl1RmTxUk/WvJxBu".utf8))
        }
    }

    @Test("a fingerprint that does not match is named as such", arguments: vectors)
    func wrongFingerprint(_ vector: Vector) {
        guard vector.fingerprint != nil else { return }
        var bytes = vector.bytes
        bytes[bytes.count - 1] ^= 1
        #expect(throws: STUNRefusal.badFingerprint) { _ = try STUNMessage.parse(bytes) }
    }
}

func hexadecimal(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
        UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
    }
}
