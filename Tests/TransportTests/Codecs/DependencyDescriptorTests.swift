// SPDX-License-Identifier: Apache-2.0

import Testing
import Transport

struct DependencyDescriptorTests {
    private func parse(_ bytes: [UInt8]) -> DependencyDescriptor? {
        bytes.withUnsafeBytes { DependencyDescriptor.parse($0) }
    }

    @Test("a structure on a frame's first packet marks a key frame")
    func keyFrame() throws {
        let descriptor = try #require(parse([0x85, 0x12, 0x34, 0x80]))
        #expect(descriptor.isKeyFrame)
        #expect(descriptor.templateID == 5)
        #expect(descriptor.frameNumber == 0x1234)
        #expect(!descriptor.isFrameEnd)
        #expect(parse([0x85, 0x12, 0x34])?.isKeyFrame == false)
        #expect(parse([0x85, 0x12, 0x34, 0x40])?.isKeyFrame == false)
        #expect(parse([0x05, 0x12, 0x34, 0x80])?.isKeyFrame == false)
    }

    @Test("fewer than three bytes are refused")
    func short() {
        #expect(parse([]) == nil)
        #expect(parse([0x80, 1]) == nil)
    }
}
