// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

struct VP8DescriptorTests {
    private func parse(_ bytes: [UInt8]) -> VP8Descriptor? {
        bytes.withUnsafeBytes { VP8Descriptor.parse($0) }
    }

    @Test("one byte of descriptor, then a key frame or not by the frame's lowest bit")
    func short() {
        #expect(parse([0x10, 0x50])?.isKeyFrame == true)
        #expect(parse([0x10, 0x51])?.isKeyFrame == false)
        #expect(parse([0x10, 0x51])?.isFrameStart == true)
        #expect(parse([0x10, 0x51])?.length == 1)
        // A later packet of the frame, and the start of a later partition, are not the frame's start.
        #expect(parse([0x00, 0x50])?.isFrameStart == false)
        #expect(parse([0x00, 0x50])?.isKeyFrame == false)
        #expect(parse([0x11, 0x50])?.isFrameStart == false)
    }

    @Test("every optional field is found where it lies")
    func full() throws {
        let descriptor = try #require(parse([0xB0, 0xF0, 0x92, 0x34, 0x56, 0xA1, 0x50]))
        #expect(descriptor.length == 6)
        #expect(descriptor.isKeyFrame)
        #expect(descriptor.isDiscardable)
        #expect(descriptor.counters.pictureID == 0x1234)
        #expect(descriptor.counters.pictureIDOffset == 2)
        #expect(descriptor.counters.pictureIDIsLong)
        #expect(descriptor.counters.tl0 == 0x56)
        #expect(descriptor.counters.tl0Offset == 4)
        #expect(descriptor.temporalID == 2)
        #expect(descriptor.isLayerSync)
    }

    @Test("key index without temporal id is passed over")
    func keyIndexOnly() throws {
        let descriptor = try #require(parse([0x90, 0x10, 0xFF, 0x51]))
        #expect(descriptor.temporalID == nil)
        #expect(descriptor.length == 3)
    }

    @Test("every truncation of a descriptor is refused, and one without a frame behind it")
    func truncated() {
        let whole: [UInt8] = [0xB0, 0xF0, 0x92, 0x34, 0x56, 0xA1, 0x50]
        for length in 0..<whole.count { #expect(parse(Array(whole.prefix(length))) == nil) }
    }
}
