// SPDX-License-Identifier: Apache-2.0

import Governance
import Synchronization
import Transparency

struct MemoryDocuments: DocumentStore {
    let storage: MemoryStorage

    func add(_ document: StoredDocument, mostOfCase: Int, mostLoose: Int) -> Bool {
        storage.rows.withLock { rows in
            let ofCase = rows.documents.filter { $0.document.caseID == document.caseID }
            if ofCase.contains(where: { $0.document.hash == document.hash }) { return true }
            let loose = rows.documents.count { !$0.isNamed && $0.document.seat == document.seat }
            guard ofCase.count < mostOfCase, loose < mostLoose else { return false }
            rows.documents.append(MemoryRows.Document(document: document))
            return true
        }
    }

    func document(_ hash: DocumentHash, of caseID: CaseID) -> [UInt8]? {
        storage.rows.withLock { rows in
            rows.documents.first { $0.document.hash == hash && $0.document.caseID == caseID }?.document.ciphertext
        }
    }

    func list(_ caseID: CaseID) -> [(hash: DocumentHash, length: Int)] {
        storage.rows.withLock { rows in
            rows.documents.filter { $0.document.caseID == caseID }.map {
                ($0.document.hash, $0.document.ciphertext.count)
            }
        }
    }

    func name(_ hashes: [DocumentHash], of caseID: CaseID) {
        storage.rows.withLock { rows in
            for index in rows.documents.indices
            where rows.documents[index].document.caseID == caseID
                && hashes.contains(rows.documents[index].document.hash)
            {
                rows.documents[index].isNamed = true
            }
        }
    }

    func removeLoose(before time: EntryTime) {
        storage.rows.withLock { $0.documents.removeAll { !$0.isNamed && $0.document.received < time } }
    }

    func remove(_ caseID: CaseID) {
        storage.rows.withLock { $0.documents.removeAll { $0.document.caseID == caseID } }
    }
}
