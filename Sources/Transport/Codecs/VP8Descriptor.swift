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
/// Offsets count from the start of the payload, so that the router can rewrite both counters in place.
public struct VP8Descriptor: Hashable, Sendable {
    /// The VP8 bitstream starts here.
    public var length: Int
    /// First packet of a frame: start of partition 0.
    public var isFrameStart: Bool
    /// First packet of a key frame, by the clear first byte of the frame (RFC 7741 §4.3, RFC 6386 §9.1).
    public var isKeyFrame: Bool
    /// No later frame needs this one.
    public var isDiscardable: Bool
    public var pictureID: UInt16?
    /// 0 without a picture id.
    public var pictureIDOffset: Int
    /// 15 bits rather than 7.
    public var pictureIDIsLong: Bool
    public var tl0PictureIndex: UInt8?
    /// 0 without an index.
    public var tl0PictureIndexOffset: Int
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
                guard offset < payload.count else { return nil }
                descriptor.pictureIDOffset = offset
                let high = payload[offset]
                offset &+= 1
                if high & 0x80 != 0 {
                    guard offset < payload.count else { return nil }
                    descriptor.pictureIDIsLong = true
                    descriptor.pictureID = UInt16(high & 0x7F) << 8 | UInt16(payload[offset])
                    offset &+= 1
                } else {
                    descriptor.pictureID = UInt16(high)
                }
            }
            if flags & 0x40 != 0 {
                guard offset < payload.count else { return nil }
                descriptor.tl0PictureIndexOffset = offset
                descriptor.tl0PictureIndex = payload[offset]
                offset &+= 1
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
        pictureID = nil
        pictureIDOffset = 0
        pictureIDIsLong = false
        tl0PictureIndex = nil
        tl0PictureIndexOffset = 0
        temporalID = nil
        isLayerSync = false
    }

    /// Puts other counters in place of the present ones, each in the width that it has. Without one, nothing happens.
    @inlinable
    public func rewrite(
        _ payload: UnsafeMutableRawBufferPointer,
        pictureID: UInt16,
        tl0PictureIndex: UInt8
    ) {
        if pictureIDOffset > 0, pictureIDOffset &+ (pictureIDIsLong ? 1 : 0) < payload.count {
            if pictureIDIsLong {
                payload[pictureIDOffset] = 0x80 | UInt8(truncatingIfNeeded: pictureID >> 8)
                payload[pictureIDOffset &+ 1] = UInt8(truncatingIfNeeded: pictureID)
            } else {
                payload[pictureIDOffset] = UInt8(truncatingIfNeeded: pictureID & 0x7F)
            }
        }
        if tl0PictureIndexOffset > 0, tl0PictureIndexOffset < payload.count {
            payload[tl0PictureIndexOffset] = tl0PictureIndex
        }
    }
}
