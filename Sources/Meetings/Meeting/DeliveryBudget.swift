// SPDX-License-Identifier: Apache-2.0

import Base

/// What a meeting may make its node send, so that a crowd in one meeting can't take the others' time.
///
/// In deliveries: one message to one receiver counts one, and one more for each KiB. A word to two hundred people counts two
/// hundred, just as much as two hundred words to one.
struct DeliveryBudget: Sendable {
    private var bucket: TokenBucket
    private let burst: Int64
    /// The last input's moment.
    private var now: Moment

    init(perSecond: Int, burst: Int, now: Moment) {
        bucket = TokenBucket(perSecond: Int64(perSecond), burst: Int64(burst), now: now)
        self.burst = Int64(burst)
        self.now = now
    }

    mutating func advance(to now: Moment) { self.now = now }

    /// - Returns: whether it may be sent now. If so, it is counted.
    mutating func take(_ cost: Int64) -> Bool {
        // At most a whole burst, so that whatever waits is sent in the end.
        bucket.take(min(burst, cost), now: now)
    }

    /// - Parameter size: bytes of the message's largest part.
    mutating func take(size: Int, receivers: Int) -> Bool {
        take(cost(size: size, receivers: receivers))
    }

    /// When ``take(size:receivers:)`` will succeed, should nothing else be sent until then.
    func ready(size: Int, receivers: Int) -> Moment {
        bucket.ready(min(burst, cost(size: size, receivers: receivers)))
    }

    func cost(size: Int, receivers: Int) -> Int64 {
        Int64(receivers) * Int64(1 + size / 1024)
    }
}
