// SPDX-License-Identifier: Apache-2.0

public import Base

/// Counters for sealing with one key: each is given out once, by this process or any other that holds the same key.
///
/// A repeated counter under one key reveals two frames and the authentication key of AES-GCM (RFC 9605 §7.4, §9.1),
/// and there are two ways to it. A process starts again from stored state: storing each counter, or a reserved block
/// of them, before use would answer that. Two processes start from the *same* stored state (a tab duplicated with its
/// storage, a restored backup): no bookkeeping inside the copies can answer that, only chance. So chance answers both:
/// a member that was restored begins at a random counter. Two runs of 2³² counters, the most a key allows, meet
/// with a chance of 2⁻³⁰, two of a five-minute epoch at 60 frames a second with 2⁻⁴⁸. The price is nine bytes of header
/// instead of two or three, paid only by who was restored. Nothing about sending is stored at all.
///
/// A copy of a running process (a virtual machine resumed twice) is out of reach of this and of any other counter.
public struct SendingCounter: Sendable {
    /// Where a member's keys come from.
    public enum Origin: Hashable, Sendable {
        /// Made in this process, which never ends and starts again as the same member.
        case fresh
        /// Read back from storage, once or any number of times.
        case restored
    }

    private var next: UInt64
    private var remaining: UInt64

    public init(_ origin: Origin, using randomness: inout some Randomness) {
        switch origin {
        case .fresh: next = 0
        // 63 random bits: the run can't pass the end of the field.
        case .restored: next = randomness.next() >> 1
        }
        remaining = SFrameLimits.framesPerKey
    }

    public mutating func take() throws(SFrameRefusal) -> UInt64 {
        guard remaining > 0 else { throw .countersExhausted }
        remaining -= 1
        let counter = next
        next += 1
        return counter
    }
}
