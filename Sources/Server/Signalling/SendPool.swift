// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What waits for all readers of the node together.
final class SendPool: Sendable {
    static let capacity = 512 << 20

    private let waiting = Atomic<Int>(0)

    /// Bytes that may still wait.
    var free: Int { SendPool.capacity - waiting.load(ordering: .relaxed) }

    func take(_ size: Int) { waiting.add(size, ordering: .relaxed) }
    func giveBack(_ size: Int) { waiting.subtract(size, ordering: .relaxed) }
}
