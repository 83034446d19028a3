// SPDX-License-Identifier: Apache-2.0

import Testing
import Transport

@Suite("Demultiplexing")
struct DemultiplexerTests {
    private func classify(_ first: UInt8, _ second: UInt8 = 0, count: Int = 64) -> Demultiplexer {
        var bytes = [UInt8](repeating: 0, count: count)
        if count > 0 { bytes[0] = first }
        if count > 1 { bytes[1] = second }
        return bytes.withUnsafeBytes { Demultiplexer.classify($0) }
    }

    @Test("the first byte tells the protocol, as RFC 7983 draws it")
    func firstByte() {
        for byte in UInt8.min...UInt8.max {
            let expected: Demultiplexer =
                switch byte {
                case 0...3: .stun
                case 20...63: .dtls
                case 128...191: .rtp
                default: .unknown
                }
            #expect(classify(byte) == expected)
        }
    }

    @Test("the second byte tells RTCP from RTP, marker bit or not")
    func secondByte() {
        for byte in UInt8.min...UInt8.max {
            #expect(classify(0x80, byte) == (192...223 ~= byte ? .rtcp : .rtp))
        }
    }

    @Test("what is too short for its kind is unknown")
    func short() {
        for count in 0..<8 { #expect(classify(0x80, 200, count: count) == .unknown) }
        #expect(classify(0, count: 19) == .unknown)
        #expect(classify(22, count: 12) == .unknown)
        #expect(classify(0x80, 96, count: 11) == .unknown)
        #expect(classify(0x80, 200, count: 8) == .rtcp)
    }
}
