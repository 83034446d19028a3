// SPDX-License-Identifier: Apache-2.0

import Governance
import Synchronization

struct MemorySeatKeys: SeatKeyStore {
    let storage: MemoryStorage

    func put(_ signed: [UInt8], of seat: Name) { storage.rows.withLock { $0.seatKeys[seat] = signed } }

    func all() -> [[UInt8]] {
        storage.rows.withLock { rows in
            rows.seatKeys.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }.map { $0.value }
        }
    }
}
