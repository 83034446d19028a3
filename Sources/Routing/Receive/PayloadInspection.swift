// SPDX-License-Identifier: Apache-2.0

import Transport

extension PacketRecord {
    /// Notes what a codec leaves in the clear: where a frame starts that needs no other, and the counters that are rewritten
    /// per viewer. A payload that can't be read is forwarded as it is.
    @inline(__always)
    mutating func inspect(_ payload: UnsafeRawBufferPointer) {
        // Padding alone.
        guard !payload.isEmpty else { return }
        switch codec {
        case Codec.vp8.rawValue:
            guard let descriptor = VP8Descriptor.parse(payload) else { return }
            note(descriptor.counters, isKeyFrame: descriptor.isKeyFrame)
        case Codec.vp9.rawValue:
            guard let descriptor = VP9Descriptor.parse(payload) else { return }
            note(descriptor.counters, isKeyFrame: descriptor.isKeyFrame)
        default: return
        }
    }

    /// Where a publisher describes its frames in a header extension, a key frame is seen even if the payload hides it.
    @inline(__always)
    mutating func inspect(dependencyDescriptor value: UnsafeRawBufferPointer) {
        guard length > 0, DependencyDescriptor.parse(value)?.isKeyFrame == true else { return }
        flags.insert(.keyframeStart)
    }

    @inline(__always)
    private mutating func note(_ counters: PictureCounters, isKeyFrame: Bool) {
        self.counters = counters
        if isKeyFrame { flags.insert(.keyframeStart) }
    }
}
