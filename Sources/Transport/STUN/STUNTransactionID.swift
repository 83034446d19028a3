// SPDX-License-Identifier: Apache-2.0

public import Base

/// The 96 bits that tie a response to its request (RFC 8489 §5).
public struct STUNTransactionID: Hashable, Sendable {
    let high: UInt32
    let low: UInt64

    public init(high: UInt32, low: UInt64) {
        self.high = high
        self.low = low
    }

    public init(using randomness: inout some Randomness) {
        high = UInt32(truncatingIfNeeded: randomness.next())
        low = randomness.next()
    }
}
