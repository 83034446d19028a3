// SPDX-License-Identifier: Apache-2.0

/// The two counters that payload descriptors of VP8 (RFC 7741 §4.2) and VP9 (RFC 9628 §4.2) write alike: what they are,
/// and where they lie, so that the router can put others in their place. Trivial, 6 bytes.
public struct PictureCounters: Hashable, Sendable {
    public var pictureID: UInt16 = 0
    /// From the start of the payload. A descriptor never begins with it: 0 means there is none.
    public var pictureIDOffset: UInt8 = 0
    /// TL0PICIDX.
    public var tl0: UInt8 = 0
    /// From the start of the payload; 0 means there is none.
    public var tl0Offset: UInt8 = 0
    /// 15 bits rather than 7.
    public var pictureIDIsLong = false

    @inlinable public var hasPictureID: Bool { pictureIDOffset != 0 }
    @inlinable public var hasTL0: Bool { tl0Offset != 0 }

    @inlinable
    public init() {}

    /// Reads `|M| picture id |`, with eight bits more where M is set, and moves on; `false` where it is cut off.
    @inlinable
    mutating func readPictureID(_ payload: UnsafeRawBufferPointer, at offset: inout Int) -> Bool {
        guard offset < payload.count else { return false }
        pictureIDOffset = UInt8(truncatingIfNeeded: offset)
        let high = payload[offset]
        offset &+= 1
        guard high & 0x80 != 0 else {
            pictureID = UInt16(high)
            return true
        }
        guard offset < payload.count else { return false }
        pictureIDIsLong = true
        pictureID = UInt16(high & 0x7F) << 8 | UInt16(payload[offset])
        offset &+= 1
        return true
    }

    /// Reads the byte of TL0PICIDX and moves on; `false` where it is cut off.
    @inlinable
    mutating func readTL0(_ payload: UnsafeRawBufferPointer, at offset: inout Int) -> Bool {
        guard offset < payload.count else { return false }
        tl0Offset = UInt8(truncatingIfNeeded: offset)
        tl0 = payload[offset]
        offset &+= 1
        return true
    }

    /// Puts other counters in place of those that were read, each in the width that it has. Without one, nothing
    /// happens.
    ///
    /// - Parameter payload: the payload that was read, or a copy of it.
    @inlinable
    public func write(pictureID: UInt16, tl0: UInt8, to payload: UnsafeMutableRawPointer) {
        if hasPictureID {
            if pictureIDIsLong {
                payload.storeBytes(
                    of: (pictureID | 0x8000).bigEndian,
                    toByteOffset: Int(pictureIDOffset),
                    as: UInt16.self
                )
            } else {
                payload.storeBytes(
                    of: UInt8(truncatingIfNeeded: pictureID & 0x7F),
                    toByteOffset: Int(pictureIDOffset),
                    as: UInt8.self
                )
            }
        }
        if hasTL0 { payload.storeBytes(of: tl0, toByteOffset: Int(tl0Offset), as: UInt8.self) }
    }
}
