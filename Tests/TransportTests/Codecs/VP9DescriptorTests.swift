// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing
import Transport

struct VP9DescriptorTests {
    private func parse(_ bytes: [UInt8]) -> VP9Descriptor? {
        bytes.withUnsafeBytes { VP9Descriptor.parse($0) }
    }

    @Test("a key frame starts a picture, is not predicted and lies in the lowest layer")
    func keyFrame() {
        #expect(parse([0x08, 1])?.isKeyFrame == true)
        #expect(parse([0x48, 1])?.isKeyFrame == false)
        #expect(parse([0x00, 1])?.isKeyFrame == false)
        // Spatial layer 1 of a key picture.
        #expect(parse([0x28, 0x02, 0, 1])?.isKeyFrame == false)
        #expect(parse([0x28, 0x00, 0, 1])?.isKeyFrame == true)
    }

    @Test("picture id, layers and index are found where they lie")
    func layers() throws {
        let descriptor = try #require(parse([0xE4, 0x92, 0x34, 0x55, 0x77, 9]))
        #expect(descriptor.counters.pictureID == 0x1234)
        #expect(descriptor.counters.pictureIDOffset == 1)
        #expect(descriptor.counters.pictureIDIsLong)
        #expect(descriptor.temporalID == 2)
        #expect(descriptor.isSwitchingUpPoint)
        #expect(descriptor.spatialID == 2)
        #expect(descriptor.dependsOnLowerLayer)
        #expect(descriptor.counters.tl0 == 0x77)
        #expect(descriptor.counters.tl0Offset == 4)
        #expect(descriptor.isFrameEnd)
        #expect(descriptor.length == 5)
    }

    @Test("flexible mode has references instead of an index, three at most")
    func flexible() {
        #expect(parse([0x78, 0x00, 0x03, 0x05, 0x06, 9])?.length == 5)
        #expect(parse([0x78, 0x00, 0x02, 9])?.counters.hasTL0 == false)
        #expect(parse([0x78, 0x00, 0x03, 0x05, 0x07, 0x02, 9]) == nil)
    }

    @Test("the scalability structure is passed over whole")
    func structure() throws {
        let bytes: [UInt8] = [0x0A, 0x38] + [1, 64, 0, 180, 2, 128, 1, 104] + [2, 0x04, 1, 0x08, 1, 2, 0xAA]
        let descriptor = try #require(parse(bytes))
        #expect(descriptor.hasScalabilityStructure)
        #expect(descriptor.isKeyFrame)
        #expect(descriptor.length == bytes.count - 1)
        for length in 0..<bytes.count { #expect(parse(Array(bytes.prefix(length))) == nil) }
    }

    @Test("noise is read without harm")
    func noise() {
        var randomness = SeededRandomness(seed: 11)
        for _ in 0..<5_000 {
            let bytes = randomness.bytes(Int.random(in: 0...40, using: &randomness))
            _ = parse(bytes)
            bytes.withUnsafeBytes { _ = VP8Descriptor.parse($0) }
            bytes.withUnsafeBytes { _ = DependencyDescriptor.parse($0) }
        }
    }
}
