// SPDX-License-Identifier: Apache-2.0

import Transport

/// How much of an encoded frame stays readable in front of its sealed part: of VP8 what a packetiser and the node look
/// at (RFC 6386 §9.1), of the others nothing. It is authenticated as SFrame metadata.
enum ClearBytes {
    static func count(_ codec: Codec, isKeyFrame: Bool) -> Int {
        codec == .vp8 ? (isKeyFrame ? 10 : 3) : 0
    }

    /// Of a frame that was received: the lowest bit of VP8's first byte is 0 on key frames. `nil` if it isn't all there.
    static func count(_ codec: Codec, of frame: [UInt8]) -> Int? {
        guard let first = frame.first else { return nil }
        let count = count(codec, isKeyFrame: first & 1 == 0)
        return frame.count >= count ? count : nil
    }
}
