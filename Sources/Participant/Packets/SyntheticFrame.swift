// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// A frame as an encoder might hand it out, with nothing to see or hear in it: clear bytes where the codec has some, then
/// when it was made and its number, then filling.
enum SyntheticFrame {
    /// Moment and number.
    static let stampLength = 12

    /// - Parameter length: of the whole frame; at least what the clear bytes and the stamp need.
    static func make(
        _ codec: Codec,
        isKeyFrame: Bool,
        number: UInt32,
        length: Int,
        now: Moment
    ) -> (bytes: [UInt8], clear: Int) {
        let clear = ClearBytes.count(codec, isKeyFrame: isKeyFrame)
        var writer = ByteWriter(reserving: max(length, clear + stampLength))
        if codec == .vp8 {
            // RFC 6386 §9.1: a frame tag, whose lowest bit is 0 on key frames; there a start code and 320 × 180 follow.
            writer.write(isKeyFrame ? [0x10, 0x02, 0x00] : [0x11, 0x02, 0x00])
            if isKeyFrame { writer.write([0x9D, 0x01, 0x2A, 0x40, 0x01, 0xB4, 0x00]) }
        }
        writer.write(UInt64(bitPattern: now.nanoseconds))
        writer.write(number)
        let missing = length - clear - stampLength
        if missing > 0 { writer.write([UInt8](repeating: 0xA5, count: missing)) }
        return (writer.bytes, clear)
    }

    /// When an opened frame was made, by the clock of this machine.
    static func stamp(of plaintext: [UInt8]) -> Moment? {
        var reader = ByteReader(plaintext)
        guard plaintext.count >= stampLength, let nanoseconds = reader.readUInt64() else { return nil }
        return Moment(nanoseconds: Int64(bitPattern: nanoseconds))
    }
}
