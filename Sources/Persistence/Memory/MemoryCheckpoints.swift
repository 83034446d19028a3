// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Transparency

struct MemoryCheckpoints: CheckpointStore {
    let storage: MemoryStorage

    func add(_ checkpoints: [(caseID: CaseID, bytes: [UInt8])]) {
        storage.rows.withLock { rows in
            for checkpoint in checkpoints {
                let row = MemoryRows.Checkpoint(caseID: checkpoint.caseID, bytes: checkpoint.bytes)
                if !rows.checkpoints.contains(row) { rows.checkpoints.append(row) }
            }
        }
    }

    func all() -> [(caseID: CaseID, bytes: [UInt8])] {
        storage.rows.withLock { rows in rows.checkpoints.map { ($0.caseID, $0.bytes) } }
    }

    func remove(_ caseID: CaseID) { storage.rows.withLock { $0.checkpoints.removeAll { $0.caseID == caseID } } }
}
