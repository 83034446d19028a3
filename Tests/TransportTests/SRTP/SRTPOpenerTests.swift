// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@testable import Transport

@Suite("SRTP opener")
struct SRTPOpenerTests {
    @Test("what was sealed opens once, unchanged", arguments: SRTPProfile.allCases)
    func roundTrip(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var packet = pair.sealed(7)
        let clear = SRTPPair.clear(7)
        #expect(packet.count == clear.count + profile.tagLength)
        #expect(Array(packet.prefix(24)) == Array(clear.prefix(24)))
        #expect(Array(packet[24..<clear.count]) != Array(clear[24...]))
        let again = packet
        #expect(pair.open(&packet) == .success(OpenedRTP(length: clear.count, extendedSequenceNumber: 7)))
        #expect(Array(packet.prefix(clear.count)) == clear)
        #expect(pair.open(again).refusal == .replayed)
    }

    @Test("each flipped bit is refused and changes no history", arguments: SRTPProfile.allCases)
    func tampering(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        #expect(pair.open(pair.sealed(100)).index == 100)
        let sealed = pair.sealed(101)
        for bit in 0..<sealed.count * 8 {
            var forged = sealed
            forged[bit / 8] ^= 1 << (bit % 8)
            #expect(pair.open(forged).index == nil, "bit \(bit)")
        }
        for length in 0..<sealed.count {
            #expect(pair.open(Array(sealed.prefix(length))).index == nil, "\(length) bytes")
        }
        #expect(pair.opener.streamCounts.rtp == 1)
        #expect(pair.open(sealed).index == 101)
    }

    @Test("an empty payload, and every length up to a few blocks", arguments: SRTPProfile.allCases)
    func lengths(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        for length in 0..<70 {
            let payload = (0..<length).map { UInt8($0) }
            var packet = pair.sealed(UInt64(length), payload: payload)
            #expect(pair.open(&packet).index == UInt64(length))
            #expect(Array(packet[24..<24 + length]) == payload)
        }
    }

    @Test("the roll-over counter is followed across the wrap with loss and reordering", arguments: SRTPProfile.allCases)
    func wraps(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let order: [UInt64] = [
            65_530, 65_534, 65_538, 65_535, 65_531, 65_540, 65_533, 65_536, 90_000, 120_000, 131_000, 131_080, 131_071,
        ]
        for index in [60_000] + order {
            #expect(pair.open(pair.sealed(index)).index == index, "\(index)")
        }
        for index in [131_000, 131_080, 131_071] as [UInt64] {
            #expect(pair.open(pair.sealed(index)).refusal == .replayed, "\(index)")
        }
    }

    @Test("a long stream with loss, duplication and reordering opens each packet exactly once")
    func longStream() throws {
        let pair = try SRTPPair(.aeadAES128GCM)
        var randomness = SeededRandomness(seed: 42)
        var sent: [(due: UInt64, index: UInt64)] = []
        for index in 65_000..<(65_536 * 2 + 500) as Range<UInt64> where Int.random(in: 0..<10, using: &randomness) > 0 {
            // Out of order by up to 400 packets, with every third one sent twice.
            sent.append((index + UInt64.random(in: 0..<400, using: &randomness), index))
            if index.isMultiple(of: 3) { sent.append((index + 450, index)) }
        }
        sent.sort { $0 < $1 }
        var opened: Set<UInt64> = []
        var wrong = 0
        for packet in sent {
            switch pair.open(pair.sealed(packet.index, payload: [9])) {
            case .success(let result):
                if result.extendedSequenceNumber != packet.index || !opened.insert(packet.index).inserted { wrong += 1 }
            case .failure(let refusal):
                if refusal != .replayed || !opened.contains(packet.index) { wrong += 1 }
            }
        }
        #expect(wrong == 0)
        #expect(opened.count == Set(sent.map(\.index)).count)
    }

    @Test("the replay window remembers at least 961 packets, and refuses what lies behind it")
    func window() throws {
        let pair = try SRTPPair(.aeadAES128GCM)
        #expect(pair.open(pair.sealed(1)).index == 1)
        #expect(pair.open(pair.sealed(2000)).index == 2000)
        #expect(pair.open(pair.sealed(2000 - 960)).index == 1040)
        #expect(pair.open(pair.sealed(2000 - 960)).refusal == .replayed)
        #expect(pair.open(pair.sealed(900)).refusal == .tooOld)
        #expect(pair.open(pair.sealed(1)).refusal == .tooOld)
    }

    @Test("more SSRCs than the bound push out the one silent longest, and only by packets that verify")
    func boundedStreams() throws {
        let pair = try SRTPPair(.aeadAES128GCM)
        for ssrc in 1...64 as ClosedRange<UInt32> {
            #expect(pair.open(pair.sealed(1, ssrc: ssrc)).index == 1)
        }
        #expect(pair.open(pair.sealed(2, ssrc: 1)).index == 2)
        var forged = pair.sealed(1, ssrc: 65)
        forged[30] ^= 1
        #expect(pair.open(forged).refusal == .unauthenticated)
        #expect(pair.open(pair.sealed(1, ssrc: 2)).refusal == .replayed)
        #expect(pair.open(pair.sealed(1, ssrc: 65)).index == 1)
        #expect(pair.opener.streamCounts.rtp == 64)
        #expect(pair.open(pair.sealed(1, ssrc: 1)).refusal == .replayed)
        #expect(pair.open(pair.sealed(1, ssrc: 3)).refusal == .replayed)
        // SSRC 2 was the one forgotten.
        #expect(pair.open(pair.sealed(1, ssrc: 2)).index == 1)
    }

    @Test("the sealer refuses lengths that do not fit", arguments: SRTPProfile.allCases)
    func sealerBounds(_ profile: SRTPProfile) throws {
        let sealer = try SRTPPair(profile).sealer
        var buffer = [UInt8](repeating: 0x80, count: 64)
        buffer.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            func seal(_ length: Int, _ capacity: Int, _ headerLength: Int) -> Int {
                sealer.seal(
                    base,
                    length: length,
                    capacity: capacity,
                    headerLength: headerLength,
                    ssrc: 1,
                    sequenceNumber: 1,
                    rolloverCounter: 0
                )
            }
            #expect(seal(40, 40 + profile.tagLength - 1, 12) == 0)
            #expect(seal(40, 64, 41) == 0)
            #expect(seal(40, 64, 11) == 0)
            #expect(seal(-1, 64, 12) == 0)
            #expect(sealer.sealRTCP(base, length: 7, capacity: 64) == 0)
            #expect(sealer.sealRTCP(base, length: 40, capacity: 40 + sealer.rtcpOverhead - 1) == 0)
            #expect(seal(40, 64, 12) == 40 + profile.tagLength)
        }
    }

    @Test("keys of the wrong length make no sealer and no opener")
    func wrongKeys() {
        let short = SRTPKeys(masterKey: Secret([1, 2, 3]), masterSalt: Secret([UInt8](repeating: 0, count: 12)))
        #expect(throws: SRTPError.wrongKeyLength) { _ = try SRTPSealer(profile: .aeadAES128GCM, keys: short) }
        #expect(throws: SRTPError.wrongKeyLength) { _ = try SRTPOpener(profile: .aeadAES128GCM, keys: short) }
    }

    @Test("random bytes never trap, never open, never leave anything behind", arguments: SRTPProfile.allCases)
    func garbage(_ profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var randomness = SeededRandomness(seed: 3)
        for _ in 0..<5000 {
            var bytes = randomness.bytes(Int.random(in: 0...120, using: &randomness))
            if let first = bytes.first { bytes[0] = first & 0x3F | 0x80 }
            #expect(pair.open(bytes).index == nil)
            #expect(throws: SRTPRefusal.self) { try pair.openRTCP(bytes).get() }
        }
        #expect(pair.opener.streamCounts == (0, 0))
    }
}
