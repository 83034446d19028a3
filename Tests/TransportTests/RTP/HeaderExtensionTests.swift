// SPDX-License-Identifier: Apache-2.0

import Testing
import Transport

struct HeaderExtensionTests {
    private let map = HeaderExtensionMap([
        (.audioLevel, 1), (.absSendTime, 2), (.transportSequenceNumber, 3), (.mid, 4), (.rid, 10),
        (.repairedRid, 11), (.dependencyDescriptor, 14),
    ])

    private func packet(profile: UInt16, _ elements: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]
        let padded = elements + [UInt8](repeating: 0, count: (4 - elements.count % 4) % 4)
        bytes += [UInt8(profile >> 8), UInt8(profile & 0xFF), 0, UInt8(padded.count / 4)]
        return bytes + padded + [0xAA]
    }

    private func read(_ bytes: [UInt8], _ map: HeaderExtensionMap) throws -> HeaderExtensionValues {
        try bytes.withUnsafeBytes {
            HeaderExtensionValues.read($0, header: try #require(RTPHeader.parse($0)), map: map)
        }
    }

    @Test("one-byte elements are read, with padding between them")
    func oneByte() throws {
        let bytes = packet(
            profile: 0xBEDE,
            [0x10, 0x85, 0, 0x22, 1, 2, 3, 0x31, 0xAB, 0xCD, 0, 0x40, 0x35, 0xA1, 0x68, 0x69, 0xE2, 7, 8, 9]
        )
        let values = try read(bytes, map)
        #expect(values.audioLevel == 5)
        #expect(values.hasVoice)
        #expect(values.absSendTime == 0x010203)
        #expect(values.transportSequenceNumber == 0xABCD)
        bytes.withUnsafeBytes {
            #expect(values.mid?.equals("5", in: $0) == true)
            #expect(values.rid?.text(in: $0) == "hi")
            #expect(values.dependencyDescriptor?.length == 3)
        }
        #expect(values.repairedRid == nil)
    }

    @Test("two-byte elements are read, with ids above 14 and lengths of zero")
    func twoByte() throws {
        let wide = HeaderExtensionMap([(.mid, 4), (.audioLevel, 1), (.dependencyDescriptor, 200)])
        let bytes = packet(profile: 0x1003, [1, 1, 0x7F, 0, 99, 0, 200, 20] + [UInt8](0..<20) + [4, 1, 0x30])
        let values = try read(bytes, wide)
        #expect(values.audioLevel == 127)
        #expect(!values.hasVoice)
        #expect(values.dependencyDescriptor?.length == 20)
        bytes.withUnsafeBytes { #expect(values.mid?.text(in: $0) == "0") }
    }

    @Test("an element that runs past the block ends the reading without harm")
    func overrun() throws {
        let values = try read(packet(profile: 0xBEDE, [0x10, 0x05, 0x4F, 0x30]), map)
        #expect(values.audioLevel == 5)
        #expect(values.mid == nil)
        let two = try read(packet(profile: 0x1000, [1, 1, 5, 4]), map)
        #expect(two.audioLevel == 5)
        #expect(two.mid == nil)
        let long = try read(packet(profile: 0x1000, [4, 255, 5, 4]), map)
        #expect(long == HeaderExtensionValues())
    }

    @Test("id 15 ends a one-byte block and an unknown profile is skipped")
    func terminator() throws {
        #expect(try read(packet(profile: 0xBEDE, [0xF0, 1, 0x10, 0x05]), map) == HeaderExtensionValues())
        #expect(try read(packet(profile: 0x1234, [0x10, 0x05, 0, 0]), map) == HeaderExtensionValues())
    }

    @Test("values of a wrong length are absent")
    func wrongLengths() throws {
        let values = try read(packet(profile: 0xBEDE, [0x21, 1, 2, 0x30, 7]), map)
        #expect(values.absSendTime == nil)
        #expect(values.transportSequenceNumber == nil)
    }

    @Test("a map keeps one meaning an id and refuses 0 and 15")
    func mapRules() {
        var map = HeaderExtensionMap()
        let first = [
            map.assign(0, to: .mid), map.assign(15, to: .mid), map.assign(4, to: .mid), map.assign(4, to: .rid),
        ]
        #expect(first == [false, false, true, false])
        #expect(map[4] == .mid)
        let moved = map.assign(7, to: .mid)
        #expect(moved)
        #expect(map[4] == nil)
        #expect(map.id(of: .mid) == 7)
        let wide = map.assign(255, to: .rid)
        #expect(wide)
        #expect(map[255] == .rid)
        #expect(map[254] == nil)
        #expect(map.id(of: .audioLevel) == nil)
    }

    @Test("what the writer writes reads back", arguments: [false, true])
    func writer(twoByte: Bool) throws {
        var memory = [UInt8](repeating: 0xEE, count: 64)
        let header = RTPHeader(marker: true, payloadType: 96, sequenceNumber: 65535, timestamp: 5, ssrc: 6)
        let length = try memory.withUnsafeMutableBytes { buffer in
            var writer = try #require(RTPHeaderWriter(buffer, header: header, usesTwoByteElements: twoByte))
            let written = [
                writer.append(id: 4, "mid".utf8),
                writer.append(id: 1, audioLevel: 30, hasVoice: true),
                writer.append(id: 2, absSendTime: 0xABCDEF),
                writer.append(id: 3, transportSequenceNumber: 0x0102),
                writer.append(id: 0, "x".utf8),
                writer.append(id: 14, [UInt8](repeating: 1, count: 17)),
            ]
            #expect(written == [true, true, true, true, false, twoByte])
            return writer.finish()
        }
        let bytes = Array(memory.prefix(length))
        let parsed = try #require(bytes.withUnsafeBytes { RTPHeader.parse($0) })
        #expect(parsed.headerLength == length)
        #expect(parsed.sequenceNumber == 65535)
        let values = try read(bytes, map)
        #expect(values.audioLevel == 30)
        #expect(values.hasVoice)
        #expect(values.absSendTime == 0xABCDEF)
        #expect(values.transportSequenceNumber == 0x0102)
        bytes.withUnsafeBytes { #expect(values.mid?.text(in: $0) == "mid") }
    }

    @Test("the writer stops at the end of its memory", arguments: 0...24)
    func writerBounds(capacity: Int) {
        var memory = [UInt8](repeating: 0, count: capacity)
        memory.withUnsafeMutableBytes { buffer in
            let header = RTPHeader(marker: false, payloadType: 1, sequenceNumber: 1, timestamp: 1, ssrc: 1)
            guard var writer = RTPHeaderWriter(buffer, header: header) else {
                #expect(capacity < 12)
                return
            }
            while writer.append(id: 1, [1, 2, 3]) {}
            let length = writer.finish()
            #expect(length <= capacity)
        }
    }
}
