// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Transport

/// Whole packets as libsrtp's own validation has them, from master key to tag: what the RFCs' vectors leave out.
@Suite("SRTP packets of another implementation")
struct SRTPKnownPacketTests {
    private static let aesKeys = SRTPKeys(
        masterKey: Secret(hexBytes("E1F97A0D3E018BE0D64FA32C06DE4139")),
        masterSalt: Secret(hexBytes("0EC675AD498AFEEBB6960B3AABE6"))
    )
    private static let gcmKeys = SRTPKeys(
        masterKey: Secret((0..<16).map { UInt8($0) }),
        masterSalt: Secret((0..<12).map { UInt8(0xA0 + $0) })
    )
    private static let clear = hexBytes("800F1234DECAFBADCAFEBABE") + [UInt8](repeating: 0xAB, count: 16)

    private func seal(_ profile: SRTPProfile, _ keys: SRTPKeys) throws -> [UInt8] {
        let sealer = try SRTPSealer(profile: profile, keys: keys)
        var packet = Self.clear + [UInt8](repeating: 0, count: profile.tagLength)
        let capacity = packet.count
        let length = packet.withUnsafeMutableBytes {
            sealer.seal(
                $0.baseAddress!,
                length: Self.clear.count,
                capacity: capacity,
                headerLength: 12,
                ssrc: 0xCAFE_BABE,
                sequenceNumber: 0x1234,
                rolloverCounter: 0
            )
        }
        return Array(packet.prefix(length))
    }

    @Test("AES_CM_128_HMAC_SHA1_80")
    func counterMode() throws {
        let expected = "800F1234DECAFBADCAFEBABE 4E55DC4CE79978D88CA4D215949D2402 B78D6ACC99EA179B8DBB"
        #expect(try seal(.aes128CMHMACSHA1_80, Self.aesKeys) == hexBytes(expected))
    }

    @Test("AEAD_AES_128_GCM")
    func gcm() throws {
        let expected = "800F1234DECAFBADCAFEBABE C5002EDE04CFDD2EB91159E0880AA06E D2976826F796B201DF3131A127E8A392"
        #expect(try seal(.aeadAES128GCM, Self.gcmKeys) == hexBytes(expected))
    }

    @Test("SRTCP under AES_CM_128_HMAC_SHA1_80")
    func rtcp() throws {
        let clear = hexBytes("81C8000BCAFEBABE") + [UInt8](repeating: 0xAB, count: 16)
        let sealed = hexBytes("81C8000BCAFEBABE 7128035BE487B9BDBEF89041F977A5A8 80000001 993E08CD54D6C1230798")
        let opener = try SRTPOpener(profile: .aes128CMHMACSHA1_80, keys: Self.aesKeys)
        var packet = sealed
        #expect(packet.withUnsafeMutableBytes { opener.openRTCP($0) } == .success(clear.count))
        #expect(Array(packet.prefix(clear.count)) == clear)
    }
}
