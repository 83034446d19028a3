// SPDX-License-Identifier: Apache-2.0

/// What opens every VP8 payload (RFC 7741 §4.2).
///
/// ```
///      |X|R|N|S|R| PID |
/// X:   |I|L|T|K|  RSV  |
/// I:   |M| picture id  |  and eight bits more with M
/// L:   |   TL0PICIDX   |
/// T/K: |TID|Y| KEYIDX  |
/// ```
/// Offsets count from the start of the payload.
public struct VP8Descriptor: Hashable, Sendable {
    /// The VP8 bitstream starts here.
    public var length: Int
    /// First packet of a frame: start of partition 0.
    public var isFrameStart: Bool
    /// First packet of a key frame, by the clear first byte of the frame (RFC 7741 §4.3, RFC 6386 §9.1).
    public var isKeyFrame: Bool
    /// No later frame needs this one.
    public var isDiscardable: Bool
    public var counters = PictureCounters()
    public var temporalID: UInt8?
    /// From here on a receiver may move up to this temporal layer.
    public var isLayerSync: Bool

    /// `nil` for a descriptor that is cut off or has no frame data behind it.
    @inlinable
    public static func parse(_ payload: UnsafeRawBufferPointer) -> VP8Descriptor? {
        guard payload.count >= 2 else { return nil }
        let first = payload[0]
        var descriptor = VP8Descriptor(first: first)
        var offset = 1
        if first & 0x80 != 0 {
            let flags = payload[1]
            offset = 2
            if flags & 0x80 != 0 {
                guard descriptor.counters.readPictureID(payload, at: &offset) else { return nil }
            }
            if flags & 0x40 != 0 {
                guard descriptor.counters.readTL0(payload, at: &offset) else { return nil }
            }
            if flags & 0x30 != 0 {
                guard offset < payload.count else { return nil }
                if flags & 0x20 != 0 {
                    descriptor.temporalID = payload[offset] >> 6
                    descriptor.isLayerSync = payload[offset] & 0x20 != 0
                }
                offset &+= 1
            }
        }
        guard offset < payload.count else { return nil }
        descriptor.length = offset
        descriptor.isKeyFrame = descriptor.isFrameStart && payload[offset] & 0x01 == 0
        return descriptor
    }

    @usableFromInline
    init(first: UInt8) {
        length = 1
        isFrameStart = first & 0x17 == 0x10
        isKeyFrame = false
        isDiscardable = first & 0x20 != 0
        temporalID = nil
        isLayerSync = false
    }
}
