// SPDX-License-Identifier: Apache-2.0

/// Where logic gets its randomness: the system's generator in production, a seeded one in tests.
///
/// A plain `RandomNumberGenerator` by another name, so that a seeded generator is never mistaken for a
/// cryptographic one by accident: only ``SystemRandomness`` is for keys outside tests.
public protocol Randomness: RandomNumberGenerator, Sendable {}

extension Randomness {
    /// `count` random bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        while result.count < count {
            var word = next()
            for _ in 0..<min(8, count - result.count) {
                result.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
        }
        return result
    }
}

/// The operating system's cryptographic generator.
public struct SystemRandomness: Randomness {
    private var generator = SystemRandomNumberGenerator()

    public init() {}

    public mutating func next() -> UInt64 { generator.next() }
}
