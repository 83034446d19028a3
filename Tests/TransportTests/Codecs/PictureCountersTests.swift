// SPDX-License-Identifier: Apache-2.0

import Testing
import Transport

@Suite("Picture counters are rewritten in their own width, and nothing else changes")
struct PictureCountersTests {
    private func rewrite(
        _ payload: [UInt8],
        _ counters: (UnsafeRawBufferPointer) -> PictureCounters?,
        pictureID: UInt16,
        tl0: UInt8
    ) throws -> [UInt8] {
        let read = payload.withUnsafeBytes(counters)
        let counters = try #require(read)
        var payload = payload
        try payload.withUnsafeMutableBytes {
            counters.write(pictureID: pictureID, tl0: tl0, to: try #require($0.baseAddress))
        }
        return payload
    }

    @Test(
        "in VP8",
        arguments: [
            ([0xB0, 0xF0, 0x92, 0x34, 0x56, 0xA1, 0x50], [0xB0, 0xF0, 0xFF, 0xFF, 0x01, 0xA1, 0x50]),
            ([0x90, 0x80, 0x12, 0x50], [0x90, 0x80, 0x7F, 0x50]),
            ([0x90, 0x40, 0x12, 0x50], [0x90, 0x40, 0x01, 0x50]),
            ([0x10, 0x50], [0x10, 0x50]),
        ] as [([UInt8], [UInt8])]
    )
    func vp8(_ before: [UInt8], _ after: [UInt8]) throws {
        #expect(try rewrite(before, { VP8Descriptor.parse($0)?.counters }, pictureID: 0x7FFF, tl0: 1) == after)
    }

    @Test(
        "in VP9",
        arguments: [
            ([0xE4, 0x92, 0x34, 0x55, 0x77, 9], [0xE4, 0x81, 0x02, 0x55, 0x03, 9]),
            ([0x88, 0x12, 9], [0x88, 0x02, 9]),
            ([0x08, 9], [0x08, 9]),
        ] as [([UInt8], [UInt8])]
    )
    func vp9(_ before: [UInt8], _ after: [UInt8]) throws {
        #expect(try rewrite(before, { VP9Descriptor.parse($0)?.counters }, pictureID: 0x0102, tl0: 3) == after)
    }
}
