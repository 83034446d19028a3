// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

struct SQLiteOutbox: OutboxStore {
    let database: SQLiteDatabase

    func put(_ entries: [[UInt8]]) throws(StorageFault) {
        try database.write { database in
            try database.execute(sql: "DELETE FROM outbox")
            for entry in entries {
                try database.execute(sql: "INSERT INTO outbox (entry) VALUES (?)", arguments: [entry.blob])
            }
        }
    }

    func all() throws(StorageFault) -> [[UInt8]] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT entry FROM outbox ORDER BY number").map { try $0.bytes("entry") }
        }
    }
}
