// SPDX-License-Identifier: Apache-2.0

import Base
import COpenSSLShims
import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite("SRTP vectors")
struct SRTPVectorTests {
    private struct Collection: Decodable {
        var vectors: [Vector]
    }

    private struct Vector: Decodable {
        var profile: String
        var srtpSessionKey: String
        var srtpSessionSalt: String
        var decryptedRTPPacket: String
        var encryptedRTPPacket: String
        var decryptedRTCPPacket: String
        var encryptedRTCPPacket: String
        var authenticatedRTCPPacket: String
        var roc: UInt32
        var srtcpIndex: UInt32

        enum CodingKeys: String, CodingKey {
            case profile, srtpSessionKey, srtpSessionSalt, decryptedRTPPacket, encryptedRTPPacket
            case decryptedRTCPPacket, encryptedRTCPPacket, authenticatedRTCPPacket, roc
            case srtcpIndex = "srtcp_index"
        }
    }

    /// The AES-128 vector of RFC 7714 §16 and §17; nil where vectors are not installed.
    private func vector() throws -> Vector? {
        guard let data = Vectors.data("srtp/rfc7714.json") else { return nil }
        let all = try JSONDecoder().decode(Collection.self, from: data).vectors
        let found: Vector = try #require(all.first { $0.profile == "AEAD_AES_128_GCM" })
        return found
    }

    private func keys(_ vector: Vector) -> SRTPSessionKeys {
        .given(key: hexBytes(vector.srtpSessionKey), authenticationKey: [], salt: hexBytes(vector.srtpSessionSalt))
    }

    @Test("RFC 7714 §16.1: sealing yields the bytes printed there")
    func sealRTP() throws {
        guard let vector = try vector() else { return }
        let sealer = try SRTPSealer(profile: .aeadAES128GCM, session: keys(vector))
        var packet = hexBytes(vector.decryptedRTPPacket) + [UInt8](repeating: 0, count: 16)
        let count = packet.count
        let length = packet.withUnsafeMutableBytes {
            sealer.seal(
                $0.baseAddress!,
                length: count - 16,
                capacity: count,
                headerLength: 12,
                ssrc: 0x5501_A0B2,
                sequenceNumber: 0xF17B,
                rolloverCounter: vector.roc
            )
        }
        #expect(length == count)
        #expect(packet == hexBytes(vector.encryptedRTPPacket))
    }

    @Test("RFC 7714 §16.1: opening yields the plaintext; each flipped byte is refused, and remembers nothing")
    func openRTP() throws {
        guard let vector = try vector() else { return }
        let opener = try SRTPOpener(profile: .aeadAES128GCM, session: keys(vector))
        let sealed = hexBytes(vector.encryptedRTPPacket)
        for position in sealed.indices {
            var forged = sealed
            forged[position] ^= 0x01
            let outcome = forged.withUnsafeMutableBytes { bytes in
                RTPHeader.parse(UnsafeRawBufferPointer(bytes)).map { opener.open(bytes, header: $0) }
            }
            #expect(outcome?.index == nil, "byte \(position)")
        }
        #expect(opener.streamCounts.rtp == 0)
        var packet = sealed
        let outcome = packet.withUnsafeMutableBytes { bytes in
            RTPHeader.parse(UnsafeRawBufferPointer(bytes)).map { opener.open(bytes, header: $0) }
        }
        #expect(outcome == .success(OpenedRTP(length: sealed.count - 16, extendedSequenceNumber: 0xF17B)))
        #expect(Array(packet.dropLast(16)) == hexBytes(vector.decryptedRTPPacket))
    }

    @Test("RFC 7714 §17.1: sealing SRTCP yields the bytes printed there")
    func sealRTCP() throws {
        guard let vector = try vector() else { return }
        let sealer = try SRTPSealer(
            profile: .aeadAES128GCM,
            session: keys(vector),
            nextRTCPIndex: vector.srtcpIndex
        )
        var packet = hexBytes(vector.decryptedRTCPPacket) + [UInt8](repeating: 0, count: 20)
        let count = packet.count
        let length = packet.withUnsafeMutableBytes {
            sealer.sealRTCP($0.baseAddress!, length: count - 20, capacity: count)
        }
        #expect(length == count)
        #expect(packet == hexBytes(vector.encryptedRTCPPacket))
    }

    @Test("RFC 7714 §17: SRTCP opens with and without encryption; each flipped byte is refused")
    func openRTCP() throws {
        guard let vector = try vector() else { return }
        for text in [vector.encryptedRTCPPacket, vector.authenticatedRTCPPacket] {
            let sealed = hexBytes(text)
            let opener = try SRTPOpener(profile: .aeadAES128GCM, session: keys(vector))
            for position in sealed.indices {
                var forged = sealed
                forged[position] ^= 0x80
                #expect(forged.withUnsafeMutableBytes { opener.openRTCP($0) } == .failure(.unauthenticated))
            }
            var packet = sealed
            #expect(packet.withUnsafeMutableBytes { opener.openRTCP($0) } == .success(sealed.count - 20))
            #expect(Array(packet.dropLast(20)) == hexBytes(vector.decryptedRTCPPacket))
            packet = sealed
            #expect(packet.withUnsafeMutableBytes { opener.openRTCP($0) } == .failure(.replayed))
        }
    }

    @Test("RFC 3711 B.3: session keys derive as printed")
    func derivation() throws {
        let keys = SRTPKeys(
            masterKey: Secret(hexBytes("E1F97A0D3E018BE0D64FA32C06DE4139")),
            masterSalt: Secret(hexBytes("0EC675AD498AFEEBB6960B3AABE6"))
        )
        let session = try SRTPSessionKeys.derive(.rtp, profile: .aes128CMHMACSHA1_80, keys: keys)
        let cipher = Array(UnsafeBufferPointer(start: session.key, count: 16))
        let authentication = Array(UnsafeBufferPointer(start: session.authenticationKey, count: 20))
        #expect(cipher == hexBytes("C61E7A93744F39EE10734AFE3FF7A087"))
        #expect(authentication == hexBytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"))
        let salt = session.saltBlock
        #expect(salt.high == 0x30CB_BC08_863D_8C85)
        #expect(salt.low == 0xD49D_B34A_9AE1_0000)
    }

    @Test("RFC 3711 B.2: the AES-CM keystream is as printed, from its first block to its last")
    func keystream() throws {
        let key = hexBytes("2B7E151628AED2A6ABF7158809CF4F3C")
        let authentication = [UInt8](repeating: 0, count: 20)
        let cipher = try #require(vigil_srtp_make_ctr(key, authentication, 1))
        defer { vigil_srtp_free(cipher) }
        var stream = [UInt8](repeating: 0, count: 0xFF02 * 16)
        let count = stream.count
        #expect(vigil_srtp_ctr_apply(cipher, 0xF0F1_F2F3_F4F5_F6F7, 0xF8F9_FAFB_FCFD_0000, &stream, count) == 1)
        let first = "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0"
        let last = "EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44"
        #expect(Array(stream.prefix(48)) == hexBytes(first))
        #expect(Array(stream[(0xFEFF * 16)...].prefix(48)) == hexBytes(last))
    }
}
