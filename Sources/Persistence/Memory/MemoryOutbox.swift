// SPDX-License-Identifier: Apache-2.0

import Synchronization

struct MemoryOutbox: OutboxStore {
    let storage: MemoryStorage

    func put(_ entries: [[UInt8]]) { storage.rows.withLock { $0.outbox = entries } }

    func all() -> [[UInt8]] { storage.rows.withLock { $0.outbox } }
}
