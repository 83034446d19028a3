// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import SFrame
import TestSupport

typealias Ring = KeyRing<NativeCrypto>

/// Members of one small group, with a base key per epoch that all of them can compute.
enum Rings {
    static let start = Moment(nanoseconds: 0)

    static func baseKey(_ suite: SFrameSuite, epoch: UInt64) -> Secret {
        var randomness = SeededRandomness(seed: epoch &+ 7)
        return Secret(randomness.bytes(suite.keyLength))
    }

    /// A member that holds `epochs` and seals in the last of them.
    static func ring(
        _ suite: SFrameSuite = .aes128GCMSHA256,
        leaf: UInt32,
        epochs: ClosedRange<UInt64> = 1...1,
        leafWidth: UInt32 = 8,
        origin: SendingCounter.Origin = .fresh
    ) throws -> Ring {
        var ring = try Ring(suite: suite, ownLeaf: leaf, origin: origin)
        for epoch in epochs {
            try ring.addEpoch(epoch, leafWidth: leafWidth, baseKey: baseKey(suite, epoch: epoch))
        }
        try ring.startSending(in: epochs.upperBound, now: start)
        return ring
    }
}
