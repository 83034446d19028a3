// SPDX-License-Identifier: Apache-2.0

/// A frame whose tag was checked.
public struct OpenedFrame: Hashable, Sendable {
    public let plaintext: [UInt8]
    public let origin: FrameOrigin
}

/// Whom an accepted frame is from, as far as a shared key can say: any member could have made it (RFC 9605 §7.2).
public struct FrameOrigin: Hashable, Sendable {
    public let epoch: UInt64
    /// The sender's leaf.
    public let sender: UInt32
    public let context: UInt64
    public let counter: UInt64
    /// The very same frame was accepted before.
    public let isRepeat: Bool
}
