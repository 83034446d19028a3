// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@testable import Transport

@Suite("SRTCP")
struct SRTCPTests {
    private let report: [UInt8] = [0x80, 201, 0, 1, 0xCA, 0xFE, 0xBA, 0xBE]
    private let compound: [UInt8] =
        [0x80, 201, 0, 1, 0xCA, 0xFE, 0xBA, 0xBE, 0x81, 206, 0, 2, 0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 1]

    @Test("what was sealed opens once, unchanged, under a rising index", arguments: SRTPProfile.allCases)
    func roundTrip(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        for _ in 0..<3 {
            for clear in [report, compound] {
                var packet = pair.sealedRTCP(clear)
                #expect(packet.count == clear.count + profile.rtcpTagLength + 4)
                let again = packet
                #expect(pair.openRTCP(&packet) == .success(clear.count))
                #expect(Array(packet.prefix(clear.count)) == clear)
                #expect(pair.openRTCP(again) == .failure(.replayed))
            }
        }
    }

    @Test("each flipped bit and each truncation is refused and changes no history", arguments: SRTPProfile.allCases)
    func tampering(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let sealed = pair.sealedRTCP(compound)
        for bit in 0..<sealed.count * 8 {
            var forged = sealed
            forged[bit / 8] ^= 1 << (bit % 8)
            #expect(pair.openRTCP(forged) == .failure(.unauthenticated), "bit \(bit)")
        }
        for length in 0..<sealed.count {
            #expect(throws: SRTPRefusal.self) { try pair.openRTCP(Array(sealed.prefix(length))).get() }
        }
        #expect(pair.opener.streamCounts.rtcp == 0)
        #expect(pair.openRTCP(sealed) == .success(compound.count))
    }

    @Test("reordering within the window is fine, behind it is refused", arguments: SRTPProfile.allCases)
    func window(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let packets = (0..<1200).map { _ in pair.sealedRTCP(report) }
        #expect(pair.openRTCP(packets[500]) == .success(report.count))
        #expect(pair.openRTCP(packets[2]) == .success(report.count))
        #expect(pair.openRTCP(packets[1199]) == .success(report.count))
        #expect(pair.openRTCP(packets[400]) == .success(report.count))
        #expect(pair.openRTCP(packets[500]) == .failure(.replayed))
        #expect(pair.openRTCP(packets[3]) == .failure(.tooOld))
    }

    @Test("after 2³¹ packets the sealer seals no more")
    func exhausted() throws {
        let session = SRTPSessionKeys.given(key: [1], authenticationKey: [], salt: [2])
        let sealer = try SRTPSealer(profile: .aeadAES128GCM, session: session, nextRTCPIndex: 0x7FFF_FFFF)
        var packet = report + [UInt8](repeating: 0, count: 20)
        packet.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            #expect(sealer.sealRTCP(base, length: 8, capacity: 28) == 28)
            #expect(sealer.sealRTCP(base, length: 8, capacity: 28) == 0)
        }
    }
}
