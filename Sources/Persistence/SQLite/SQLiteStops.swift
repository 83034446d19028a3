// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB

struct SQLiteStops: StopStore {
    let database: SQLiteDatabase

    func add(_ stop: [UInt8]) throws(StorageFault) {
        try database.write { database in
            try database.execute(sql: "INSERT OR IGNORE INTO stop (text) VALUES (?)", arguments: [stop.blob])
        }
    }

    func all() throws(StorageFault) -> [[UInt8]] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT text FROM stop ORDER BY number").map { try $0.bytes("text") }
        }
    }
}
