// SPDX-License-Identifier: Apache-2.0

/// What opens every VP9 payload (RFC 9628 §4.2).
///
/// ```
///      |I|P|L|F|B|E|V|Z|
/// I:   |M| picture id  |  and eight bits more with M
/// L:   |TID|U| SID |D|    and TL0PICIDX without F
/// P,F: |  P_DIFF   |N|    up to three times
/// V:   scalability structure
/// ```
/// Offsets count from the start of the payload.
public struct VP9Descriptor: Hashable, Sendable {
    /// The VP9 bitstream starts here.
    public var length: Int
    /// First packet of a layer frame.
    public var isFrameStart: Bool
    /// Last packet of a layer frame.
    public var isFrameEnd: Bool
    /// First packet of a picture that needs no other one: not inter-picture predicted, lowest spatial layer.
    public var isKeyFrame: Bool
    public var isInterPredicted: Bool
    public var pictureID: UInt16?
    /// 0 without a picture id.
    public var pictureIDOffset: Int
    /// 15 bits rather than 7.
    public var pictureIDIsLong: Bool
    public var tl0PictureIndex: UInt8?
    /// 0 without an index (flexible mode has none).
    public var tl0PictureIndexOffset: Int
    public var temporalID: UInt8?
    public var spatialID: UInt8?
    /// From here on a receiver may move up to this temporal layer.
    public var isSwitchingUpPoint: Bool
    /// The frame needs the spatial layer below it.
    public var dependsOnLowerLayer: Bool
    /// The scalability structure is in this packet.
    public var hasScalabilityStructure: Bool

    /// `nil` for a descriptor that is cut off or has no frame data behind it.
    @inlinable
    public static func parse(_ payload: UnsafeRawBufferPointer) -> VP9Descriptor? {
        guard payload.count >= 2 else { return nil }
        let first = payload[0]
        var descriptor = VP9Descriptor(first: first)
        var offset = 1
        if first & 0x80 != 0 {
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
        let isFlexible = first & 0x10 != 0
        if first & 0x20 != 0 {
            guard offset < payload.count else { return nil }
            let layers = payload[offset]
            offset &+= 1
            descriptor.temporalID = layers >> 5
            descriptor.isSwitchingUpPoint = layers & 0x10 != 0
            descriptor.spatialID = layers >> 1 & 0x07
            descriptor.dependsOnLowerLayer = layers & 0x01 != 0
            if !isFlexible {
                guard offset < payload.count else { return nil }
                descriptor.tl0PictureIndexOffset = offset
                descriptor.tl0PictureIndex = payload[offset]
                offset &+= 1
            }
        }
        if isFlexible, descriptor.isInterPredicted {
            // Three reference differences at most (§4.2): a fourth announced one makes the descriptor invalid.
            var hasMore = true
            for _ in 0..<3 where hasMore {
                guard offset < payload.count else { return nil }
                hasMore = payload[offset] & 0x01 != 0
                offset &+= 1
            }
            guard !hasMore else { return nil }
        }
        if descriptor.hasScalabilityStructure {
            guard let length = structureLength(payload, at: offset) else { return nil }
            offset &+= length
        }
        guard offset < payload.count else { return nil }
        descriptor.length = offset
        descriptor.isKeyFrame =
            descriptor.isFrameStart && !descriptor.isInterPredicted && (descriptor.spatialID ?? 0) == 0
        return descriptor
    }

    /// Bytes of the structure: `|N_S|Y|G|RSV|`, sizes with Y, picture group with G (§4.2.1).
    @inlinable
    static func structureLength(_ payload: UnsafeRawBufferPointer, at start: Int) -> Int? {
        guard start < payload.count else { return nil }
        let head = payload[start]
        var offset = start &+ 1
        if head & 0x10 != 0 { offset &+= 4 &* (Int(head >> 5) &+ 1) }
        if head & 0x08 != 0 {
            guard offset < payload.count else { return nil }
            let pictures = payload[offset]
            offset &+= 1
            for _ in 0..<pictures {
                guard offset < payload.count else { return nil }
                offset &+= 1 &+ Int(payload[offset] >> 2 & 0x03)
            }
        }
        guard offset <= payload.count else { return nil }
        return offset &- start
    }

    @usableFromInline
    init(first: UInt8) {
        length = 1
        isFrameStart = first & 0x08 != 0
        isFrameEnd = first & 0x04 != 0
        isKeyFrame = false
        isInterPredicted = first & 0x40 != 0
        pictureID = nil
        pictureIDOffset = 0
        pictureIDIsLong = false
        tl0PictureIndex = nil
        tl0PictureIndexOffset = 0
        temporalID = nil
        spatialID = nil
        isSwitchingUpPoint = false
        dependsOnLowerLayer = false
        hasScalabilityStructure = first & 0x02 != 0
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
