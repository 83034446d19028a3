// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Governance
import Transparency

struct SQLitePapers: PaperStore {
    let database: SQLiteDatabase

    func add(_ papers: [Paper]) throws(StorageFault) {
        try database.write { database in
            for paper in papers {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO paper (caseID, hash, kind, text) VALUES (?, ?, ?, ?)",
                    arguments: [paper.caseID.blob, paper.hash.bytes.blob, paper.kind.text, paper.bytes.blob]
                )
            }
        }
    }

    func all() throws(StorageFault) -> [Paper] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM paper ORDER BY number").map { row in
                let word = try row.decode(String.self, forColumn: "kind")
                guard let kind = Paper.Kind.allCases.first(where: { $0.text.utf8.elementsEqual(word.utf8) }) else {
                    throw StorageFault.failed("a paper of an unknown kind")
                }
                return Paper(kind, of: try row.caseID("caseID"), hash: try row.hash("hash"), try row.bytes("text"))
            }
        }
    }

    func remove(_ caseID: CaseID) throws(StorageFault) {
        try database.erase { database in
            try database.execute(sql: "DELETE FROM paper WHERE caseID = ?", arguments: [caseID.blob])
        }
    }
}
