// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

struct RTCPCompoundTests {
    private func parse(_ bytes: [UInt8]) -> [RTCPPacket] {
        bytes.withUnsafeBytes { RTCPCompound.parse($0) }
    }

    private let packets: [RTCPPacket] = [
        .senderReport(
            SenderReport(
                ssrc: 1,
                ntpTime: 0x0123_4567_89AB_CDEF,
                rtpTime: 2,
                packetCount: 3,
                octetCount: 4,
                reports: [
                    ReportBlock(
                        ssrc: 5,
                        fractionLost: 6,
                        cumulativeLost: -7,
                        highestSequenceNumber: 0x1_0008,
                        jitter: 9,
                        lastSenderReport: 10,
                        delaySinceLastSenderReport: 11
                    )
                ]
            )
        ),
        .receiverReport(ReceiverReport(ssrc: 12, reports: [ReportBlock(ssrc: 1, highestSequenceNumber: 2)])),
        .sourceDescription(
            SourceDescription(chunks: [
                .init(ssrc: 13, canonicalName: "a"), .init(ssrc: 14, canonicalName: nil),
                .init(ssrc: 15, canonicalName: "abcdef"),
            ])
        ),
        .pictureLossIndication(PictureLossIndication(senderSSRC: 16, mediaSSRC: 17)),
        .fullIntraRequest(
            FullIntraRequest(senderSSRC: 18, entries: [.init(ssrc: 19, sequenceNumber: 255)])
        ),
        .genericNACK(GenericNACK(senderSSRC: 20, mediaSSRC: 21, lost: [65534, 65535, 0, 40])),
        .goodbye(Goodbye(ssrcs: [22, 23])),
    ]

    @Test("every packet that is written reads back, alone and in a compound")
    func roundTrip() {
        #expect(parse(RTCPCompound.write(packets)) == packets)
        for packet in packets { #expect(parse(RTCPCompound.write([packet])) == [packet]) }
    }

    @Test("a compact sender report time is the middle of the NTP time")
    func compactTime() {
        let report = SenderReport(ssrc: 0, ntpTime: 0x0123_4567_89AB_CDEF, rtpTime: 0, packetCount: 0, octetCount: 0)
        #expect(report.compactNTPTime == 0x4567_89AB)
    }

    @Test("an unknown kind and a broken body are skipped, what follows is read")
    func skipping() {
        let extendedReport: [UInt8] = [0x80, 207, 0, 1, 0, 0, 0, 1]
        let shortPLI: [UInt8] = [0x81, 206, 0, 1, 0, 0, 0, 1]
        let manyReports: [UInt8] = [0x9F, 201, 0, 1, 0, 0, 0, 1]
        let last = RTCPCompound.write([packets[3]])
        #expect(parse(extendedReport + shortPLI + manyReports + last) == [packets[3]])
    }

    @Test("a header of another version or beyond the datagram ends the reading")
    func brokenHeaders() {
        let first = RTCPCompound.write([packets[3]])
        #expect(parse(first + [0x41, 206, 0, 0] + first) == [packets[3]])
        #expect(parse(first + [0x81, 206, 0xFF, 0xFF] + first) == [packets[3]])
        #expect(parse(first + [0x81, 206, 0]) == [packets[3]])
        #expect(parse([]) == [])
    }

    @Test("padding is taken off, and padding that can't be is refused")
    func padding() {
        var padded: [UInt8] = [0xA1, 206, 0, 3, 0, 0, 0, 16, 0, 0, 0, 17, 0, 0, 0, 4]
        #expect(parse(padded) == [packets[3]])
        padded[15] = 0
        #expect(parse(padded) == [])
        padded[15] = 13
        #expect(parse(padded) == [])
    }

    @Test("a datagram of nothing but tiny packets is read up to the bound")
    func bounded() {
        let flood = [UInt8]((0..<400).flatMap { _ in [0x80, 203, 0, 0] as [UInt8] })
        #expect(parse(flood).count == RTCPCompound.maximumPackets)
    }

    @Test("a NACK packs what lies within sixteen and spans the roll-over")
    func nackPairs() {
        let nack = GenericNACK(senderSSRC: 1, mediaSSRC: 2, lost: [65530, 65531, 10, 11, 27, 28])
        #expect(
            nack.pairs == [
                .init(packetID: 65530, following: 0x8001), .init(packetID: 11, following: 0x8000),
                .init(packetID: 28, following: 0),
            ]
        )
        #expect(nack.sequenceNumbers == [65530, 65531, 10, 11, 27, 28])
    }

    @Test("REMB gives bits a second and refuses what 64 bits can't hold")
    func remb() {
        // Exponent 3, mantissa 0x20000: 1,048,576 bit/s.
        let bytes: [UInt8] = [
            0x8F, 206, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0x52, 0x45, 0x4D, 0x42, 1, 0x0E, 0, 0, 0, 0, 0, 9,
        ]
        #expect(parse(bytes) == [.remb(REMB(senderSSRC: 1, bitrate: 1_048_576, ssrcs: [9]))])
        var huge = bytes
        huge.replaceSubrange(17..<20, with: [0xFF, 0xFF, 0xFF])
        #expect(parse(huge) == [])
        var other = bytes
        other[12] = 0x53
        #expect(parse(other) == [])
    }

    @Test("noise and damaged packets are read without harm")
    func noise() {
        var randomness = SeededRandomness(seed: 7)
        let valid = RTCPCompound.write(packets)
        for _ in 0..<2_000 {
            var bytes = valid
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &randomness)] = UInt8.random(
                    in: 0...255,
                    using: &randomness
                )
            }
            _ = parse(bytes)
            _ = parse(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &randomness))))
            _ = parse(randomness.bytes(64))
        }
    }
}
