// SPDX-License-Identifier: Apache-2.0

/// How much one peer can make another one hold.
public enum SFrameLimits {
    /// Bytes of one sealed or plain frame. A 4K key frame stays well below.
    public static let frame = 1 << 24
    /// Bytes of metadata.
    public static let metadata = 1 << 16
    /// Streams and layers that one sender may use in one epoch.
    public static let contextsPerSender = 32
    /// Counters behind the highest one accepted that are still told apart: over four seconds of 60 frames a second.
    public static let replayWindow = 256
    /// Frames sealed with one key. A key lives for minutes; AES-GCM is sound for far more (RFC 9605 §4.5).
    public static let framesPerKey: UInt64 = 1 << 32
    /// The longest time for which a superseded epoch's keys are kept.
    public static let oldEpochSeconds: Int64 = 10
}
