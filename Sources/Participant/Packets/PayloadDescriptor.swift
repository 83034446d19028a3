// SPDX-License-Identifier: Apache-2.0

import Transport

/// What stands before each piece of a video frame: RFC 7741 §4.2 for VP8, RFC 9628 §4.2 (not flexible, one layer) for VP9.
/// Opus has none (RFC 7587 §4.2).
struct PayloadDescriptor {
    var codec: Codec
    var picture: UInt16
    var isKeyFrame: Bool
    var isFirst: Bool
    var isLast: Bool

    static func length(_ codec: Codec) -> Int {
        switch codec {
        case .opus: 0
        case .vp8: 4
        case .vp9: 3
        }
    }

    /// Writes it at the front of `payload`, which has room for it.
    func write(to payload: UnsafeMutableRawBufferPointer) {
        let high = 0x80 | UInt8(truncatingIfNeeded: picture >> 8)
        let low = UInt8(truncatingIfNeeded: picture)
        switch codec {
        case .opus: return
        case .vp8:
            // X; S on the first packet of a frame; I with a 15-bit picture id.
            payload[0] = isFirst ? 0x90 : 0x80
            payload[1] = 0x80
            payload[2] = high
            payload[3] = low
        case .vp9:
            // I; P on what needs an earlier picture; B and E at a frame's ends.
            payload[0] = 0x80 | (isKeyFrame ? 0 : 0x40) | (isFirst ? 0x08 : 0) | (isLast ? 0x04 : 0)
            payload[1] = high
            payload[2] = low
        }
    }
}
