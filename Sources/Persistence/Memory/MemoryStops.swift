// SPDX-License-Identifier: Apache-2.0

import Synchronization

struct MemoryStops: StopStore {
    let storage: MemoryStorage

    func add(_ stop: [UInt8]) { storage.rows.withLock { if !$0.stops.contains(stop) { $0.stops.append(stop) } } }

    func all() -> [[UInt8]] { storage.rows.withLock { $0.stops } }
}
