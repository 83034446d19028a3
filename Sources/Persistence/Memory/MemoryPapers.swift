// SPDX-License-Identifier: Apache-2.0

import Governance
import Synchronization
import Transparency

struct MemoryPapers: PaperStore {
    let storage: MemoryStorage

    func add(_ papers: [Paper]) {
        storage.rows.withLock { rows in
            for paper in papers
            where !rows.papers.contains(where: { $0.hash == paper.hash && $0.caseID == paper.caseID }) {
                rows.papers.append(paper)
            }
        }
    }

    func all() -> [Paper] { storage.rows.withLock { $0.papers } }

    func remove(_ caseID: CaseID) { storage.rows.withLock { $0.papers.removeAll { $0.caseID == caseID } } }
}
