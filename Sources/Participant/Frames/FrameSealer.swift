// SPDX-License-Identifier: Apache-2.0

import Base

/// What makes a frame ready for the node. ``FrameCipher`` in every participant; tests put in its place what misbehaves.
///
/// Confined to the media loop's thread.
protocol FrameSealer: AnyObject {
    /// - Parameter clear: how many bytes in front stay readable.
    func seal(_ frame: [UInt8], clear: Int, as source: TrackSource) throws(FrameRefusal) -> [UInt8]
}
