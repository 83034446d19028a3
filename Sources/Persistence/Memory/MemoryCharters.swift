// SPDX-License-Identifier: Apache-2.0

import Governance
import Synchronization

struct MemoryCharters: CharterStore {
    let storage: MemoryStorage

    func put(_ version: CharterEvidence, hash: DocumentHash) { storage.rows.withLock { $0.charters[hash] = version } }

    func version(_ hash: DocumentHash) -> CharterEvidence? { storage.rows.withLock { $0.charters[hash] } }
}
