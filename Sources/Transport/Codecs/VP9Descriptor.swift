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
    /// Flexible mode has no TL0PICIDX.
    public var counters = PictureCounters()
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
            guard descriptor.counters.readPictureID(payload, at: &offset) else { return nil }
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
                guard descriptor.counters.readTL0(payload, at: &offset) else { return nil }
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
        temporalID = nil
        spatialID = nil
        isSwitchingUpPoint = false
        dependsOnLowerLayer = false
        hasScalabilityStructure = first & 0x02 != 0
    }
}
