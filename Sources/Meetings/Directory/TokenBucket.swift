// SPDX-License-Identifier: Apache-2.0

import Base

/// A steady rate with room for a burst. One moment of state: when the bucket will be full again.
///
/// The generic cell rate algorithm (ITU-T I.371) with integer time.
struct TokenBucket: Sendable {
    private let perToken: Interval
    private let capacity: Interval
    private var fullAgain: Moment

    init(perSecond: Int64, burst: Int64, now: Moment) {
        perToken = Interval(nanoseconds: 1_000_000_000 / max(1, perSecond))
        capacity = perToken * max(1, burst)
        fullAgain = now
    }

    /// Whether there was enough. If not, nothing is taken.
    mutating func take(_ tokens: Int64 = 1, now: Moment) -> Bool {
        let after = max(fullAgain, now) + perToken * tokens
        guard after - now <= capacity else { return false }
        fullAgain = after
        return true
    }

    /// The moment from which there is enough.
    func ready(_ tokens: Int64 = 1) -> Moment { fullAgain + perToken * tokens - capacity }
}
