// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Transparency

struct SQLiteCheckpoints: CheckpointStore {
    let database: SQLiteDatabase

    func add(_ checkpoints: [(caseID: CaseID, bytes: [UInt8])]) throws(StorageFault) {
        try database.write { database in
            for checkpoint in checkpoints {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO checkpoint (caseID, text) VALUES (?, ?)",
                    arguments: [checkpoint.caseID.blob, checkpoint.bytes.blob]
                )
            }
        }
    }

    func all() throws(StorageFault) -> [(caseID: CaseID, bytes: [UInt8])] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM checkpoint ORDER BY number").map { row in
                (try row.caseID("caseID"), try row.bytes("text"))
            }
        }
    }

    func remove(_ caseID: CaseID) throws(StorageFault) {
        try database.erase { database in
            try database.execute(sql: "DELETE FROM checkpoint WHERE caseID = ?", arguments: [caseID.blob])
        }
    }
}
