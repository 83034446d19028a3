// SPDX-License-Identifier: Apache-2.0

import Testing
import Transport

struct RTPHeaderTests {
    private let plain: [UInt8] = [0x80, 0xEF, 0x12, 0x34, 0, 0, 0, 9, 0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3]

    private func parse(_ bytes: [UInt8]) -> RTPHeader? {
        bytes.withUnsafeBytes { RTPHeader.parse($0) }
    }

    @Test("a plain header is read field by field")
    func plainHeader() throws {
        let header = try #require(parse(plain))
        #expect(header.marker)
        #expect(header.payloadType == 111)
        #expect(header.sequenceNumber == 0x1234)
        #expect(header.timestamp == 9)
        #expect(header.ssrc == 0xDEAD_BEEF)
        #expect(header.headerLength == 12)
        #expect(header.extensionLength == 0)
        #expect(plain.withUnsafeBytes { header.payloadLength(of: $0) } == 3)
    }

    @Test("contributing sources and an empty extension block move the payload")
    func contributingSources() throws {
        var bytes = plain
        bytes[0] = 0x92
        bytes.replaceSubrange(12..., with: [0, 0, 0, 1, 0, 0, 0, 2, 0xBE, 0xDE, 0, 0, 7])
        let header = try #require(parse(bytes))
        #expect(header.headerLength == 24)
        #expect(header.extensionOffset == 24)
        #expect(header.extensionLength == 0)
    }

    @Test("every truncation of a header is refused")
    func truncations() {
        var bytes = plain
        bytes[0] = 0x92
        bytes.replaceSubrange(12..., with: [0, 0, 0, 1, 0, 0, 0, 2, 0xBE, 0xDE, 0, 1, 0x10, 0x30, 0, 0])
        #expect(parse(bytes) != nil)
        for length in 0..<bytes.count { #expect(parse(Array(bytes.prefix(length))) == nil) }
    }

    @Test("another version is refused", arguments: [0x00, 0x40, 0xC0] as [UInt8])
    func version(first: UInt8) {
        var bytes = plain
        bytes[0] = first
        #expect(parse(bytes) == nil)
    }

    @Test("padding longer than the payload, or of nothing, is refused")
    func padding() throws {
        var bytes = plain
        bytes[0] = 0xA0
        for (count, expected) in [(0, nil), (1, 2), (3, 0), (4, nil), (255, nil)] as [(UInt8, Int?)] {
            bytes[14] = count
            let header = try #require(parse(bytes))
            #expect(bytes.withUnsafeBytes { header.payloadLength(of: $0) } == expected)
        }
        let bare = try #require(parse(Array(bytes.prefix(12))))
        #expect(bytes.prefix(12).withUnsafeBytes { bare.payloadLength(of: $0) } == nil)
    }
}
