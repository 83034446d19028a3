// SPDX-License-Identifier: Apache-2.0

/// How far receivers follow a sender who skips ahead, and how much they keep for what is late (RFC 9420 §15.3).
public struct RatchetLimits: Hashable, Sendable {
    /// Steps that one message may move a ratchet forward.
    public var forward: UInt32
    /// Skipped keys kept per ratchet; the oldest go first.
    public var kept: Int

    public init(forward: UInt32 = 1024, kept: Int = 256) {
        self.forward = forward
        self.kept = kept
    }
}
